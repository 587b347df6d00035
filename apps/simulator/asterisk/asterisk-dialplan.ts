/**
 * A small office. Extensions are 1XX, `600` and `601` are queues, `700` the menu, `800` an announcement, `900` a voicemail box, `*8` picks up, and everything with a
 * zero in front goes out by the trunk. The contexts are named as FreePBX names them. A phone rings for `ringSeconds`.
 */
export function dialplan(ringSeconds: number): string {
  return `
[general]
static=yes
writeprotect=yes

[from-internal]
exten => _1XX,1,Dial(PJSIP/\${EXTEN},${ringSeconds},tT)
 same => n,Hangup(\${HANGUPCAUSE})
exten => _0X.,1,Set(CALLERID(num)=0722000000)
 same => n,Dial(PJSIP/\${EXTEN}@trunk,${ringSeconds},tT)
 same => n,Hangup(\${HANGUPCAUSE})
exten => 600,1,Answer()
 same => n,Queue(sales,tT,,,60)
 same => n,Hangup()
exten => 601,1,Queue(support,tT,,,60)
 same => n,Hangup()
exten => 700,1,Goto(menu,s,1)
exten => 900,1,Dial(PJSIP/103,${ringSeconds},tT)
 same => n,VoiceMail(103@default,us)
 same => n,Hangup()
exten => _*81XX,1,Pickup(\${EXTEN:2}@from-internal&0722000\${EXTEN:2}@from-internal)
 same => n,Hangup()
exten => 800,1,Answer()
 same => n,Playback(beep)
 same => n,Wait(30)
 same => n,Hangup()

[from-trunk]
exten => _07220001XX,1,Dial(PJSIP/\${EXTEN:7},${ringSeconds},tT)
 same => n,Hangup(\${HANGUPCAUSE})
exten => 0722000600,1,Goto(from-internal,600,1)
exten => 0722000601,1,Goto(from-internal,601,1)
exten => 0722000700,1,Goto(menu,s,1)
exten => 0722000900,1,Goto(from-internal,900,1)

[menu]
exten => s,1,Answer()
 same => n,Background(silence/1)
 same => n,WaitExten(10)
 same => n,Hangup()
exten => 1,1,Dial(PJSIP/101,${ringSeconds},tT)
 same => n,Hangup(\${HANGUPCAUSE})
exten => 2,1,Goto(from-internal,600,1)
`;
}
