/**
 * Three CRM templates of the telephone system 3CX in the manner of public ones, each with another way to show who asks, to name its
 * server and to answer: a help desk's (Mancy/Zammad_3CX), a veterinary clinic's (tierklinik-dobersberg/3cx-support) and a project
 * manager's (renuo/redmine_3cx).
 */

/** A search language in the URL, a list without a name, a token in a header of its own form, forms and a parameter for each URL. */
export const HELP_DESK = `<?xml version="1.0"?>
<Crm xmlns:xsd="http://www.w3.org/2001/XMLSchema" Country="EG" Name="Help desk" Version="2" SupportsEmojis="true" ListPageSize="0">
  <Number Prefix="Off" MaxLength="" />
  <Connection MaxConcurrentRequests="2" />
  <Parameters>
    <Parameter Name="events" Type="String" Parent="General Configuration" Editor="String" Title="Events:" Default="address of events" />
    <Parameter Name="server" Type="String" Parent="General Configuration" Editor="String" Title="Server:" Default="https://desk.example" />
    <Parameter Name="apiToken" Type="Password" Parent="General Configuration" Editor="String" Title="Token:" Default="" />
    <Parameter Name="ReportCallEnabled" Type="Boolean" Editor="String" Title="Report calls" Default="True" />
    <Parameter Name="CreateContactEnabled" Type="Boolean" Editor="String" Title="Make contacts" Default="True" />
    <Parameter Name="CreateContactFirstName" Type="String" Parent="CreateContactEnabled" Title="First name:" Default="[Number]" />
    <Parameter Name="CreateContactLastName" Type="String" Parent="CreateContactEnabled" Title="Last name:" Default="Phone" />
  </Parameters>
  <Authentication Type="No" />
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request SkipIf="" Url="[server]/api/v1/users/search?query=mobile:[Number]&amp;limit=1" MessagePasses="0" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json">
        <Headers><Value Key="Authorization" Passes="0" Type="String">Token token=[apiToken]</Value></Headers>
      </Request>
      <Rules><Rule Type="Any">id</Rule></Rules>
      <Variables>
        <Variable Name="Id" Path="id"><Filter /></Variable>
        <Variable Name="First" Path="firstname"><Filter /></Variable>
        <Variable Name="Last" Path="lastname"><Filter /></Variable>
        <Variable Name="Mobile" Path="mobile"><Filter /></Variable>
        <Variable Name="Phone" Path="phone"><Filter /></Variable>
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="FirstName" Passes="0" Value="[First]" />
        <Output Type="LastName" Passes="0" Value="[Last]" />
        <Output Type="PhoneMobile" Passes="0" Value="[Mobile]" />
        <Output Type="PhoneBusiness" Passes="0" Value="[Phone]" />
        <Output Type="ContactUrl" Passes="0" Value="[server]/#user/profile/[Id]" />
        <Output Type="EntityId" Passes="0" Value="[Id]" />
      </Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request SkipIf="[ReportCallEnabled]!=True" Url="[events]" MessagePasses="0" RequestEncoding="UrlEncoded" RequestType="Post" ResponseType="Json">
        <PostValues Key="">
          <Value Key="event" Passes="0" Type="String">hangup</Value>
          <Value Key="from" Passes="1" Type="String">[Number]</Value>
          <Value Key="direction" Passes="1" Type="String">[IIf([CallDirection]==Inbound,in,out)]</Value>
        </PostValues>
      </Request>
    </Scenario>
    <Scenario Id="CreateContactRecord" Type="REST">
      <Request SkipIf="[CreateContactEnabled]!=True" Url="[server]/api/v1/users" MessagePasses="0" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <Headers><Value Key="Authorization" Passes="0" Type="String">Token token=[apiToken]</Value></Headers>
        <PostValues Key=""><Value Key="lastname" Type="String">[CreateContactLastName]</Value><Value Key="mobile" Type="String">[Number]</Value></PostValues>
      </Request>
      <Rules><Rule Type="Any">id</Rule></Rules>
      <Variables><Variable Name="Id" Path="id" /></Variables>
      <Outputs AllowEmpty="false"><Output Type="EntityId" Value="[Id]" /></Outputs>
    </Scenario>
  </Scenarios>
</Crm>`;

/** A server that is written out, one record without a list, basic credentials made of a word and a key, a scenario a type of call. */
export const clinicAt = (server: string): string => `<?xml version="1.0" encoding="utf-8"?>
<Crm xmlns:xsd="http://www.w3.org/2001/XMLSchema" Country="AT" Name="Clinic" Version="3" SupportsEmojis="false" ListPageSize="0">
  <Number Prefix="AsIs" MaxLength="[MaxLength]" />
  <Connection MaxConcurrentRequests="2" />
  <Parameters>
    <Parameter Name="APIkey" Type="String" Parent="General Configuration" Editor="String" Title="Key:" />
    <Parameter Name="ReportCallEnabled" Type="Boolean" Editor="String" Title="Report calls" Default="False" />
  </Parameters>
  <Authentication Type="Basic"><Value>token:[APIkey]</Value></Authentication>
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request SkipIf="" Url="${server}/api/external/v1/contact?phone=[Number]" MessagePasses="0" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json" />
      <Rules><Rule Type="Any">cid</Rule></Rules>
      <Variables>
        <Variable Name="ContactID" Path="cid"><Filter /></Variable>
        <Variable Name="FirstName" Path="firstname"><Filter /></Variable>
        <Variable Name="LastName" Path="name"><Filter /></Variable>
        <Variable Name="PhoneBusiness" Path="contact.phone1"><Filter /></Variable>
        <Variable Name="PhoneMobile" Path="contact.phone2"><Filter /></Variable>
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="ContactID" Passes="0" Value="[ContactID]" />
        <Output Type="FirstName" Passes="0" Value="[FirstName]" />
        <Output Type="LastName" Passes="0" Value="[LastName]" />
        <Output Type="PhoneBusiness" Passes="0" Value="[PhoneBusiness]" />
        <Output Type="PhoneMobile" Passes="0" Value="[PhoneMobile]" />
        <Output Type="ContactUrl" Passes="0" Value="https://clinic.example/customer/view/[ContactID]" />
      </Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request SkipIf="[ReportCallEnabled]!=True||[CallType]!=Inbound" Url="${server}/RecordCall" MessagePasses="0" RequestContentType="application/json" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <PostValues Key="">
          <Value Key="duration" Passes="1" Type="String">[[[DurationTimespan].get_TotalSeconds()].ToString("F0")]</Value>
          <Value Key="call_type" Passes="1" Type="String">[CallType]</Value>
        </PostValues>
      </Request>
      <Outputs Next="ReportCallMissed" AllowEmpty="true" />
    </Scenario>
    <Scenario Id="ReportCallMissed" Type="REST">
      <Request SkipIf="[ReportCallEnabled]!=True||[CallType]!=Missed" Url="${server}/RecordCall" MessagePasses="0" RequestContentType="application/json" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <PostValues Key="">
          <Value Key="duration" Passes="1" Type="String">[[[DurationTimespan].get_TotalSeconds()].ToString("F0")]</Value>
          <Value Key="call_type" Passes="1" Type="String">[CallType]</Value>
        </PostValues>
      </Request>
    </Scenario>
  </Scenarios>
</Crm>`;

/** A host that is a parameter, numbers escaped by a method, a list with a name and seven kinds of phones, no calls reported. */
export const PROJECTS = `<Crm xmlns:xsd="http://www.w3.org/2001/XMLSchema" Country="CH" Name="Projects" Version="2" SupportsEmojis="false">
  <Connection MaxConcurrentRequests="8" />
  <Parameters>
    <Parameter Name="ApiKey" Type="String" Parent="General Configuration" Editor="String" Title="Key:" />
    <Parameter Name="Domain" Type="String" Parent="General Configuration" Editor="String" Title="Domain:" />
  </Parameters>
  <Authentication Type="Basic"><Value>[ApiKey]:x</Value></Authentication>
  <Scenarios>
    <Scenario Type="REST" EntityId="Contacts">
      <Request Url="https://[Domain]/3cx/lookup.json?phone=[[Number].Replace(&quot;+&quot;,&quot;%2B&quot;)]" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json">
      </Request>
      <Rules><Rule Type="Any">contacts.id</Rule></Rules>
      <Variables>
        <Variable Name="Id" Path="contacts.id"><Filter /></Variable>
        <Variable Name="First" Path="contacts.firstname"><Filter /></Variable>
        <Variable Name="Last" Path="contacts.lastname"><Filter /></Variable>
        <Variable Name="Company" Path="contacts.company"><Filter /></Variable>
        <Variable Name="Business" Path="contacts.phone_business"><Filter /></Variable>
        <Variable Name="Business2" Path="contacts.phone_business2"><Filter /></Variable>
        <Variable Name="Home" Path="contacts.phone_home"><Filter /></Variable>
        <Variable Name="Mobile" Path="contacts.phone_mobile"><Filter /></Variable>
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="FirstName" Passes="0" Value="[First]" />
        <Output Type="LastName" Passes="0" Value="[Last]" />
        <Output Type="CompanyName" Passes="0" Value="[Company]" />
        <Output Type="PhoneBusiness" Passes="0" Value="[Business]" />
        <Output Type="PhoneBusiness2" Passes="0" Value="[Business2]" />
        <Output Type="PhoneHome" Passes="0" Value="[Home]" />
        <Output Type="PhoneMobile" Passes="0" Value="[Mobile]" />
        <Output Type="EntityId" Passes="0" Value="[Id]" />
        <Output Type="EntityType" Passes="0" Value="Contacts" />
        <Output Type="ContactUrl" Passes="0" Value="https://[Domain]/contacts/[Id]" />
      </Outputs>
    </Scenario>
  </Scenarios>
</Crm>`;
