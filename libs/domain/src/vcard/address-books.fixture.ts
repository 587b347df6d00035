/** Address books as their makers export them, shortened. The people are made up. */
import type { VCard } from './vcard.js';

export interface AddressBook {
  maker: string;
  text: string;
  cards: VCard[];
}

export const NOBODY: VCard = {
  uid: null,
  name: null,
  company: null,
  email: null,
  url: null,
  title: null,
  note: null,
  categories: [],
  phones: [],
};

/** As it is in the file, backslashes and all. */
const file = (lines: TemplateStringsArray) => String.raw(lines).replace(/^\n/, '').replaceAll('\n', '\r\n');

/** Lines of 76, each with a blank in front, as Outlook and Android write a picture. */
export const picture = (octets: number) =>
  ` ${'/9j/4AAQSkZJRgABAQAAAQABAAD+'.repeat(3).slice(0, 75)}\r\n`.repeat(octets / 75);

const GOOGLE: AddressBook = {
  maker: 'Google Contacts, 3.0',
  text: file`
BEGIN:VCARD
VERSION:3.0
FN:Dana Levi
N:Levi;Dana;;;
EMAIL;TYPE=INTERNET;TYPE=WORK:dana@levi.example
EMAIL;TYPE=INTERNET;TYPE=HOME;TYPE=PREF:dana.home@example.com
TEL;TYPE=CELL;TYPE=PREF:+972 50-234-5678
TEL;TYPE=WORK:03-765-4321
item1.TEL:+972 3-765-4300
item1.X-ABLabel:Reception desk
TEL;TYPE=WORKFAX:03-765-4329
ADR;TYPE=WORK:;;Herzl 1;Tel Aviv;;6100000;Israel;Herzl 1\nTel Aviv 6100000\nIsrael
ORG:Levi\, Levi & Sons;Sales
TITLE:Head of sales
item2.URL:http\://www.levi.example/about?a=1;b=2
item2.X-ABLabel:PROFILE
BDAY:19800102
NOTE:Call after 10:00\nSpeaks Hebrew\, English\; some French
PHOTO:https://lh3.example.com/contacts/abc
CATEGORIES:myContacts,starred,Big\, important
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
N:;;;;
TEL;TYPE=MAIN:1-800-555-0100
CATEGORIES:myContacts
END:VCARD
`,
  cards: [
    {
      uid: null,
      name: 'Dana Levi',
      company: 'Levi, Levi & Sons',
      email: 'dana.home@example.com',
      url: 'http://www.levi.example/about?a=1;b=2',
      title: 'Head of sales',
      note: 'Call after 10:00\nSpeaks Hebrew, English; some French',
      categories: ['myContacts', 'starred', 'Big, important'],
      phones: [
        { number: '+972 50-234-5678', kind: 'mobile' },
        { number: '03-765-4321', kind: 'work' },
        { number: '+972 3-765-4300', kind: null },
        { number: '03-765-4329', kind: 'fax' },
      ],
    },
    { ...NOBODY, categories: ['myContacts'], phones: [{ number: '1-800-555-0100', kind: 'main' }] },
  ],
};

const APPLE: AddressBook = {
  maker: 'Apple (macOS and iCloud), 3.0',
  text: file`
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.4//EN
N:Cohen;Omer;Yair;Dr.;
FN:Dr. Omer Yair Cohen
ORG:Clinic of Dr. Cohen;
TITLE:Doctor
item1.EMAIL;type=INTERNET;type=pref:omer@clinic.example
item1.X-ABLabel:_$!<Work>!$_
EMAIL;type=INTERNET;type=HOME:omer@example.com
TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:+972 54-123-4567
item2.TEL:02-625-1234
item2.X-ABLabel:_$!<Main>!$_
TEL;type=HOME;type=FAX:02-625-1239
item3.TEL:02-625-1238
item3.X-ABLabel:_$!<WorkFAX>!$_
ITEM4.TEL;type=pref:054-765-4321
item4.X-ABLABEL:_$!<Mobile>!$_
item5.TEL:02-625-1230
item5.X-ABLabel:נייד של המזכירה
TEL;type=OTHER;type=VOICE:02-625-1231
TEL;type=PAGER;type=WORK:02-625-1232
item6.URL;type=pref:http\://clinic.example
item6.X-ABLabel:_$!<HomePage>!$_
item7.ADR;type=WORK;type=pref:;;King George 5;Jerusalem;;9100000;Israel
item7.X-ABADR:il
NOTE:A long note that Apple folds at seventy-five characters\, wherever th
 at is\, even within a word.
X-SOCIALPROFILE;type=twitter;x-user=omer:http\://twitter.example/omer
PHOTO;ENCODING=b;TYPE=JPEG;X-ABCROP-RECTANGLE=ABClipRect_1&0&0&96&96&abc==
 :/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgAAgESAAMAAAABAAEA
 AIdpAAQAAAABAAAAJgAAAAAAAqACAAQAAAABAAAAYKADAAQAAAABAAAAYAAAAAD=
X-ABUID:5AD380FD-B2DE-4261-BA99-DE1D1DB52FBE\:ABPerson
UID:5ad380fd-b2de-4261-ba99-de1d1db52fbe
END:VCARD
`,
  cards: [
    {
      uid: '5ad380fd-b2de-4261-ba99-de1d1db52fbe',
      name: 'Dr. Omer Yair Cohen',
      company: 'Clinic of Dr. Cohen',
      email: 'omer@clinic.example',
      url: 'http://clinic.example',
      title: 'Doctor',
      note: 'A long note that Apple folds at seventy-five characters, wherever that is, even within a word.',
      categories: [],
      phones: [
        { number: '+972 54-123-4567', kind: 'mobile' },
        { number: '02-625-1234', kind: 'main' },
        { number: '02-625-1239', kind: 'fax' },
        { number: '02-625-1238', kind: 'fax' },
        { number: '054-765-4321', kind: 'mobile' },
        { number: '02-625-1230', kind: 'mobile' },
        { number: '02-625-1231', kind: 'other' },
        { number: '02-625-1232', kind: 'other' },
      ],
    },
  ],
};

const OUTLOOK: AddressBook = {
  maker: 'Outlook, 2.1',
  text:
    file`
BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=he;CHARSET=windows-1255;ENCODING=QUOTED-PRINTABLE:=EC=E5=E9;=E3=F0=E4
FN;CHARSET=windows-1255;ENCODING=QUOTED-PRINTABLE:=E3=F0=E4=20=EC=E5=E9
ORG;CHARSET=Windows-1252:Levi Ltd;Service
TITLE;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Head of =93service=94
NOTE;ENCODING=QUOTED-PRINTABLE:First line=0D=0A=
=0D=0A=
Third line, 1 + 1 =3D 2=0D=0A=

TEL;WORK;VOICE:03-765-4321
TEL;HOME;VOICE:03-999-8888
TEL;CELL;VOICE:050-234-5678
TEL;WORK;FAX:03-765-4329
TEL;VOICE:03-111-2222
X-MS-TEL;VOICE;ASSISTANT:03-765-4300
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Herzl 1=0D=0A=
TEL:1 is the floor;Tel Aviv;;6100000;Israel
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
URL;WORK:http://www.levi.example
EMAIL;INTERNET:second@levi.example
EMAIL;PREF;INTERNET:dana@levi.example
CATEGORIES:Customer,VIP
X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:
` +
    picture(1_500) +
    file`

X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.example/outlook/card"><fld tel:="x"/></card>
REV:20240101T000000Z
END:VCARD
`,
  cards: [
    {
      ...NOBODY,
      name: 'דנה לוי',
      company: 'Levi Ltd',
      email: 'dana@levi.example',
      url: 'http://www.levi.example',
      title: 'Head of “service”',
      note: 'First line\n\nThird line, 1 + 1 = 2',
      categories: ['Customer', 'VIP'],
      phones: [
        { number: '03-765-4321', kind: 'work' },
        { number: '03-999-8888', kind: 'home' },
        { number: '050-234-5678', kind: 'mobile' },
        { number: '03-765-4329', kind: 'fax' },
        { number: '03-111-2222', kind: null },
      ],
    },
  ],
};

const ANDROID: AddressBook = {
  maker: 'Android phones, 2.1',
  text:
    file`
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D7=9C=D7=95=D7=99;=D7=93=D7=A0=D7=94;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D7=93=D7=A0=D7=94=20=D7=9C=D7=95=D7=99
TEL;CELL;PREF:0502345678
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D7=A2=D7=91):037654321
TEL;X-Mobile:+972541234567
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D7=9E=D7=95=D7=A1=D7=9A=20=D7=9C=D7=
=95=D7=99=20=E2=80=93=20=D7=A9=D7=99=D7=A8=D7=95=D7=AA=20=D7=9C=D7=A8=D7=9B=D7=
=91
NOTE;ENCODING=QUOTED-PRINTABLE:=4D=6F=62=69=6C=65=20=47=72=6F=75=70=73=3A=
=0A=43=6F=77=6F=72=6B=65=72
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEB
` +
    picture(1_500) +
    file`

X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Dani;1;;;;;;;;;;;;;
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;Taxi;;;
FN:Taxi
TEL;CELL:*2700
END:VCARD
`,
  cards: [
    {
      ...NOBODY,
      name: 'דנה לוי',
      company: 'מוסך לוי – שירות לרכב',
      note: 'Mobile Groups:\nCoworker',
      phones: [
        { number: '0502345678', kind: 'mobile' },
        { number: '037654321', kind: null },
        { number: '+972541234567', kind: 'mobile' },
      ],
    },
    { ...NOBODY, name: 'Taxi', phones: [{ number: '*2700', kind: 'mobile' }] },
  ],
};

const OLD_PHONE: AddressBook = {
  maker: 'a phone of Japan, 2.1',
  text: file`
BEGIN:VCARD
VERSION:2.1
N;SHIFT_JIS;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8ER=93c;=91=BE=98Y;;;
ORG;CHARSET=Shift_JIS;QUOTED-PRINTABLE:=83\=83t=83g
TEL;CELL;VOICE:090-1234-5678
TEL;CAR:03-1234-5678
END:VCARD
`,
  cards: [
    {
      ...NOBODY,
      name: '太郎 山田',
      company: 'ソフト',
      phones: [
        { number: '090-1234-5678', kind: 'mobile' },
        { number: '03-1234-5678', kind: 'mobile' },
      ],
    },
  ],
};

const RFC_6350: AddressBook = {
  maker: 'a CardDAV server, 4.0',
  text: file`
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
KIND:individual
FN;PID=1.1:J. Doe
N;SORT-AS="Doe:Jane;J":Doe;J.;;;
ORG;SORT-AS="Example":Example\, Inc.;Europe;Sales
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=5555
TEL;VALUE=uri;TYPE="cell";X-HINT="a;b:c":tel:+972-50-234%2D5678;phone-context=example.com
TEL;TYPE="text,fax,work";VALUE=text:+1 555 555 5556;ext=7
TEL;VALUE=uri:tel:+1-555-%zz
EMAIL;PREF=50;TYPE=work:jane@work.example
EMAIL;PREF=2:mailto:jane@example.com
EMAIL:jane@old.example
URL;MEDIATYPE=text/html:https://example.com/a,b;c
ADR;LABEL="42 Plantation St.\nBaytown, TX 30314: USA":;;42 Plantation St.;Baytown;TX;30314;USA
PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUwDQYJKoZIhvcN
CATEGORIES;PID=1.1:swimmer,biker
CATEGORIES:,travel agent
END:VCARD
`,
  cards: [
    {
      ...NOBODY,
      uid: 'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      name: 'J. Doe',
      company: 'Example, Inc.',
      email: 'jane@example.com',
      url: 'https://example.com/a,b;c',
      categories: ['swimmer', 'biker', 'travel agent'],
      phones: [
        { number: '+1-555-555-5555', kind: 'home' },
        { number: '+972-50-234-5678', kind: 'mobile' },
        { number: '+1 555 555 5556', kind: 'fax' },
        { number: '+1-555-%zz', kind: null },
      ],
    },
  ],
};

export const ADDRESS_BOOKS: readonly AddressBook[] = [GOOGLE, APPLE, OUTLOOK, ANDROID, OLD_PHONE, RFC_6350];
