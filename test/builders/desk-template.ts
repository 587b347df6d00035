/** A CRM template of 3CX of which all is taken: one lookup, and calls that are reported. */
export const deskTemplate = (): string => `<?xml version="1.0"?>
<Crm Country="IL" Name="Desk" Version="1" SupportsEmojis="false" ListPageSize="0">
  <Number Prefix="AsIs" MaxLength="" />
  <Parameters>
    <Parameter Name="Domain" Type="String" Editor="String" Title="Server:" Default="" />
    <Parameter Name="Token" Type="Password" Editor="String" Title="Token:" Default="" />
  </Parameters>
  <Authentication Type="No" />
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request Url="[Domain]/api/people?phone=[Number]" MessagePasses="0" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json" />
      <Rules><Rule Type="Any">id</Rule></Rules>
      <Variables>
        <Variable Name="Id" Path="id" /><Variable Name="Name" Path="name" /><Variable Name="Phone" Path="phone" />
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="LastName" Value="[Name]" /><Output Type="PhoneBusiness" Value="[Phone]" /><Output Type="EntityId" Value="[Id]" />
      </Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request Url="[Domain]/api/calls" MessagePasses="0" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <PostValues Key="">
          <Value Key="number" Type="String">[Number]</Value>
          <Value Key="direction" Type="String">[IIf([CallDirection]==Inbound,in,out)]</Value>
          <Value Key="person" Type="String">[EntityId]</Value>
        </PostValues>
      </Request>
    </Scenario>
  </Scenarios>
</Crm>`;
