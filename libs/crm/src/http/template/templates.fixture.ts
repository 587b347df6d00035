/** Three CRM templates in the manner of public ones: a JSON API with a key, a form for each type of call, one of expressions. */

/** Parameters in URLs, a key in a header, texts of the tenant's own, fields that we have no word for. */
export const DESK = `<?xml version="1.0" encoding="utf-8"?>
<Crm xmlns:xsd="http://www.w3.org/2001/XMLSchema" Country="IL" Name="Desk" Version="3" SupportsEmojis="true">
  <Number Prefix="AsIs" MaxLength="[MaxLength]" />
  <Connection MaxConcurrentRequests="4" />
  <Parameters>
    <Parameter Name="Server" Type="String" Title="Address:" Default="" />
    <Parameter Name="ApiKey" Type="Password" Title="Key:" Default="geheim" />
    <Parameter Name="MaxLength" Type="Integer" Title="Digits:" Default="9" />
    <Parameter Name="ReportCallEnabled" Type="Boolean" Title="Report calls" Default="False" />
    <Parameter Name="Subject" Type="String" Parent="ReportCallEnabled" Title="Subject:" Default="A call" />
    <Parameter Name="InboundCallText" Type="String" Default="[DateTime]: [Agent] took a call of [Number]" />
    <Parameter Name="MissedCallText" Type="String" Default="[DateTime]: nobody took a call of [Number]" />
  </Parameters>
  <Authentication Type="No" />
  <Scenarios>
    <!-- People by any of their numbers -->
    <Scenario Id="" Type="REST">
      <Request SkipIf="" Url="[Server]/v2/people?phone=[Number]&amp;limit=5" RequestType="Get" ResponseType="Json">
        <Headers><Value Key="X-Desk-Key">[ApiKey]</Value><Value Key="X-Client">Phones</Value></Headers>
      </Request>
      <Rules><Rule Type="Any">data.people.id</Rule></Rules>
      <Variables>
        <Variable Name="ContactID" Path="data.people.id"><Filter /></Variable>
        <Variable Name="First" Path="data.people.names.first"><Filter /></Variable>
        <Variable Name="Last" Path="data.people.names.last"><Filter /></Variable>
        <Variable Name="Work" Path="data.people.phones.work"><Filter /></Variable>
        <Variable Name="Cell" Path="data.people.phones.cell"><Filter /></Variable>
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="ContactUrl" Passes="1" Value="https://desk.example/#/people/[ContactID]" />
        <Output Type="FirstName" Passes="0" Value="[First]" />
        <Output Type="LastName" Passes="0" Value="[Last]" />
        <Output Type="PhoneBusiness" Passes="0" Value="[Work]" />
        <Output Type="PhoneMobile" Passes="0" Value="[Cell]" />
        <Output Type="EntityId" Passes="0" Value="[ContactID]" />
        <Output Type="EntityType" Passes="0" Value="Person" />
      </Outputs>
    </Scenario>
    <Scenario Id="SearchContacts" Type="REST">
      <Request Url="[Server]/v2/people?words=[SearchText]" RequestType="Get" ResponseType="Json" />
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request SkipIf="[ReportCallEnabled]!=True||[EntityId]==&quot;&quot;" Url="[Server]/v2/people/[EntityId]/calls"
        RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <Headers><Value Key="X-Desk-Key">[ApiKey]</Value></Headers>
        <PostValues Key="">
          <Value Key="title" Passes="1" Type="String">[Subject]</Value>
          <Value Key="text" If="[CallType]==Inbound" Passes="2" Type="String">[InboundCallText]</Value>
          <Value Key="text" SkipIf="[CallType]==Inbound" Passes="2" Type="String">[MissedCallText]</Value>
          <Value Key="seconds" Passes="2" Type="Integer">[[DurationTimespan].get_TotalSeconds()]</Value>
          <Value Key="mail" Passes="1" Type="String">[AgentEmail]</Value>
          <Object Key="when"><Value Key="from" Type="String">[[CallStartTimeUTC].ToString("yyyy-MM-dd HH:mm")]</Value></Object>
          <Array Key="tags"><Value Type="String">[CallType]</Value></Array>
        </PostValues>
      </Request>
      <Rules><Rule Type="Any">data.id</Rule></Rules>
      <Variables><Variable Name="Id" Path="data.id" /></Variables>
      <Outputs AllowEmpty="true" />
    </Scenario>
  </Scenarios>
</Crm>`;

/** A scenario for each type of call, one behind the other, as forms; basic credentials; two lookups in order. */
export const FORMS = `<Crm Name="Forms" Version="1">
  <Number Prefix="Plus" MaxLength="" />
  <Parameters>
    <Parameter Name="User" Type="String" Title="User" Default="" />
    <Parameter Name="Password" Type="String" Title="Password" Default="" />
  </Parameters>
  <Authentication Type="Basic"><Value>[User]:[Password]</Value></Authentication>
  <Scenarios>
    <Scenario Type="REST">
      <Request Url="https://forms.example/customers/find" RequestEncoding="UrlEncoded" RequestType="Post" ResponseType="Json">
        <PostValues><Value Key="tel">[Number]</Value></PostValues>
      </Request>
      <Variables><Variable Name="Id" Path="id" /><Variable Name="Name" Path="name" /><Variable Name="Page" Path="page" /></Variables>
      <Outputs><Output Type="FullName" Value="[Name]" /><Output Type="EntityId" Value="[Id]" /><Output Type="ContactUrl" Value="[Page]" /></Outputs>
    </Scenario>
    <Scenario Type="REST">
      <Request SkipIf="[IIf([FoundRecordCount]&gt;0,True,False)]" Url="https://forms.example/leads/find?tel=[[Number].Replace(&quot;+&quot;,&quot;&quot;)]" RequestType="Get" ResponseType="Json" />
      <Variables><Variable Name="Id" Path="leads.0.id" /><Variable Name="Tel" Path="leads.0.tel" /></Variables>
      <Outputs><Output Type="EntityId" Value="[Id]" /><Output Type="PhoneMobile" Value="[Tel]" /><Output Type="EntityType" Value="Lead" /></Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request SkipIf="[CallType]!=Inbound" Url="https://forms.example/calls" RequestEncoding="UrlEncoded" RequestType="Post" ResponseType="Json">
        <PostValues><Value Key="kind" Passes="1">"TAKEN"</Value><Value Key="who">[EntityId]</Value></PostValues>
      </Request>
      <Outputs Next="Missed" AllowEmpty="true" />
    </Scenario>
    <Scenario Id="Missed" Type="REST">
      <Request SkipIf="[IIf([CallType]==Missed,False,True)]" Url="https://forms.example/calls" RequestEncoding="UrlEncoded" RequestType="Post" ResponseType="Json">
        <PostValues><Value Key="kind" Passes="1">"LOST"</Value><Value Key="who">[EntityId]</Value></PostValues>
      </Request>
    </Scenario>
    <Scenario Id="CreateContactRecord" Type="REST">
      <Request Url="https://forms.example/customers" RequestEncoding="UrlEncoded" RequestType="Post" ResponseType="Json">
        <PostValues><Value Key="first">[[CreateContactFirstName]]</Value><Value Key="last">[[CreateContactLastName]]</Value><Value Key="tel">[Number]</Value></PostValues>
      </Request>
      <Variables><Variable Name="Id" Path="id" /></Variables>
      <Outputs><Output Type="EntityId" Value="[Id]" /></Outputs>
    </Scenario>
  </Scenarios>
</Crm>`;

/** What cannot be taken: a key in a URL, a login by a scenario, answers in XML, methods that nobody knows. */
export const ODD = `<Crm Name="Odd" Version="1">
  <Number Prefix="Off" MaxLength="" />
  <Parameters><Parameter Name="Token" Type="String" Title="Token" Default="abc" /></Parameters>
  <Authentication Type="Scenario"><Value>Login</Value></Authentication>
  <Scenarios>
    <Scenario Id="Login" Type="REST"><Request Url="https://odd.example/login" RequestType="Post" ResponseType="Json" /></Scenario>
    <Scenario Id="" Type="REST">
      <Request Url="https://odd.example/find?tel=[Number]&amp;token=[Token]" RequestType="Get" ResponseType="Json" />
      <Variables><Variable Name="Id" Path="id" /></Variables>
    </Scenario>
    <Scenario Id="" Type="REST">
      <Request Url="https://odd.example/find.xml?tel=[Number]" RequestType="Get" ResponseType="Xml" />
      <Variables><Variable Name="Id" Path="id" /></Variables>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request Url="https://odd.example/calls/[[Number].Reverse()]" RequestEncoding="Json" RequestType="Post" ResponseType="Json" />
    </Scenario>
  </Scenarios>
</Crm>`;
