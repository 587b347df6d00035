import { NativeSelect } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';
import { countriesIn, zonesWith } from './zones-of';

interface FieldProps {
  value: string;
  change: (value: string) => void;
}

export function ZoneField({ value, change }: FieldProps): ReactNode {
  const { wizard } = useOwnTexts(own);
  const zones = useMemo(() => zonesWith(value), [value]);
  return (
    <NativeSelect
      label={wizard.zone}
      description={wizard.zoneHint}
      data={zones}
      value={value}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}

export function CountryField({ value, change }: FieldProps): ReactNode {
  const { wizard } = useOwnTexts(own);
  const { language } = useLanguage();
  const countries = useMemo(() => countriesIn(language), [language]);
  return (
    <NativeSelect
      label={wizard.country}
      description={wizard.countryHint}
      data={countries}
      value={value}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}
