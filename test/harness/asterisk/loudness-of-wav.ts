/** Of a file of 16-bit sound, one channel, 8000 samples a second: how long it is, and its greatest level of 32767. */
export function loudnessOfWav(file: Buffer): { seconds: number; loudness: number } {
  const samples = Array.from({ length: Math.max(0, Math.floor((file.length - 44) / 2)) }, (_, at) =>
    Math.abs(file.readInt16LE(44 + at * 2)),
  );
  return { seconds: samples.length / 8_000, loudness: samples.reduce((most, one) => Math.max(most, one), 0) };
}
