/** Gives a file to whoever is at the browser. @param text  of the file, in UTF-8 */
export function download(text: string, fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
