import type { InstallationDto, PartitionDto } from '../api/operations';

/** Versions of what runs, each once. */
export function versionsOf({ version, processes }: Pick<InstallationDto, 'version' | 'processes'>): string[] {
  const running = processes.filter(({ alive }) => alive).map((process) => process.version);
  return [...new Set([version, ...running])].sort();
}

export interface LogWeeks {
  table: string;
  bytes: number;
  /** The latest first. */
  weeks: PartitionDto[];
}

/** Weeks by the log that they are of, the greatest log first. */
export function logsOf(partitions: readonly PartitionDto[]): LogWeeks[] {
  const logs = new Map<string, PartitionDto[]>();
  for (const partition of partitions)
    logs.set(partition.table, [...(logs.get(partition.table) ?? []), partition]);
  return [...logs]
    .map(([table, weeks]) => ({
      table,
      bytes: weeks.reduce((sum, { bytes }) => sum + bytes, 0),
      weeks: [...weeks].reverse(),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** 12 MB, 3.4 GB. */
export function bytesText(bytes: number, language: string): string {
  let [value, step] = [bytes, 0];
  while (value >= 1_000 && step < UNITS.length - 1) [value, step] = [value / 1_000, step + 1];
  const unit = UNITS[step] ?? 'byte';
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
