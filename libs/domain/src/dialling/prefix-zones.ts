/**
 * Zones of the beginnings of numbers in countries with several clocks, without the plus: what may be known of a fixed line by its
 * area. A number that none of them fits, such as nearly every mobile, counts as anywhere in its country.
 *
 * Source: `resources/timezones/map_data.txt` of Google's libphonenumber (Apache-2.0), reduced, and brought up to date by the IANA
 * database where a region has changed its clock since.
 */
export const PREFIX_ZONES: Readonly<Record<string, string>> = {
  // Countries that the CLDR gives no zone: Ascension, Kosovo
  'Atlantic/St_Helena': '247',
  'Europe/Belgrade': '383',
  // Australia
  'Australia/Sydney Australia/Lord_Howe': '612',
  'Australia/Sydney Australia/Hobart': '613',
  'Australia/Brisbane Australia/Sydney': '617',
  'Australia/Adelaide Australia/Darwin': '6188',
  'Australia/Perth Australia/Eucla': '6186',
  'Australia/Perth Australia/Eucla Indian/Christmas Indian/Cocos': '6189',
  // Brazil
  'America/Sao_Paulo':
    '5511 5512 5513 5514 5515 5516 5517 5518 5519 5521 5522 5524 5527 5528 5531 5532 5533 5534 5535 5537 5538 ' +
    '5541 5542 5543 5544 5545 5546 5547 5548 5549 5551 5553 5554 5555 5561 5562 5563 5564 5571 5573 5574 5575 ' +
    '5577 5579 5582 5583 5584 5585 5586 5587 5588 5589 5591 5593 5594 5596 5598 5599',
  'America/Noronha America/Recife': '5581',
  'America/Cuiaba America/Sao_Paulo': '5565 5566',
  'America/Campo_Grande': '5567',
  'America/Rio_Branco': '5568',
  'America/Porto_Velho': '5569',
  'America/Manaus': '5592',
  'America/Boa_Vista': '5595',
  'America/Manaus America/Eirunepe': '5597',
  // Chile
  'America/Santiago':
    '562 5633 5634 5635 5641 5642 5643 5644 5645 5651 5652 5653 5655 5657 5658 5663 5664 5665 5671 5672 5673 5675',
  'America/Santiago Pacific/Easter': '5632',
  'America/Punta_Arenas': '5661',
  'America/Coyhaique America/Santiago': '5667',
  // China
  'Asia/Shanghai': '8610 862',
  // Congo (Kinshasa)
  'Africa/Kinshasa': '2431',
  // Ecuador
  'America/Guayaquil': '5932 5933 5934 5936 5937',
  'America/Guayaquil Pacific/Galapagos': '5935',
  // Spain
  'Europe/Madrid': '348 349',
  'Atlantic/Canary': '34822 34827 34828 34922 34928',
  // Indonesia
  'Asia/Jakarta': '622 6231 6232 6233 6234 6235 6256 626 627',
  'Asia/Makassar': '6236 62370 62371 62372 62373 62374 62376 6238 624 6254 6255',
  'Asia/Jayapura': '629',
  'Asia/Jakarta Asia/Makassar': '6251 6252 6253',
  // Mexico
  'America/Mexico_City': '522 5233 524 525 527 5291 5292 5293 5294 5295 5296 5297 52999',
  'America/Mazatlan America/Mexico_City America/Bahia_Banderas': '523',
  'America/Chihuahua': '52614',
  'America/Ciudad_Juarez': '52656',
  'America/Mazatlan': '52612 52613 52667 52668 52669 52687',
  'America/Tijuana': '52616 52646 52658 52661 52664 52665 52686',
  'America/Chihuahua America/Ciudad_Juarez America/Hermosillo America/Mazatlan America/Mexico_City America/Ojinaga America/Tijuana':
    '526',
  'America/Matamoros America/Mexico_City America/Monterrey': '528',
  'America/Cancun America/Merida America/Mexico_City': '529',
  // New Zealand
  'Pacific/Auckland': '644 646 647 649',
  'Pacific/Auckland Pacific/Chatham': '643',
  // Portugal
  'Europe/Lisbon': '3512',
  'Atlantic/Madeira': '351291',
  'Atlantic/Azores': '351292 351295 351296',
  // Russia
  'Europe/Kaliningrad': '7401',
  'Europe/Moscow':
    '736 747 748 749 781 782 783 7841 7843 7844 7847 7855 7856 7857 7861 7862 7863 7865 7866 7867 ' +
    '7871 7872 7873 7877 7878 7879',
  'Europe/Samara': '7341 7846 7848',
  'Europe/Ulyanovsk': '7842',
  'Europe/Saratov': '7845',
  'Europe/Astrakhan': '7851',
  'Asia/Yekaterinburg': '7342 7343 7345 7346 7347 7349 735',
  'Asia/Omsk': '7381',
  'Asia/Tomsk': '7382',
  'Asia/Novosibirsk': '7383',
  'Asia/Novokuznetsk': '7384',
  'Asia/Barnaul': '7385 7388',
  'Asia/Krasnoyarsk': '7390 7391 7394',
  'Asia/Irkutsk': '7301 7395',
  'Asia/Chita': '7302',
  'Asia/Yakutsk': '7416',
  'Asia/Yakutsk Asia/Khandyga Asia/Ust-Nera Asia/Srednekolymsk Asia/Vladivostok': '7411',
  'Asia/Magadan': '7413',
  'Asia/Kamchatka': '7415',
  'Asia/Vladivostok': '7421 7423 7426',
  'Asia/Sakhalin Asia/Srednekolymsk': '7424',
  'Asia/Anadyr': '7427',
};
