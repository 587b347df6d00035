/** `node --import <this> main.js`: says at the end how many modules the program loaded, both kinds, Node's own left out. */
import { Session, type Debugger } from 'node:inspector';

const loaded = new Set<string>();
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params: { url } }: { params: Debugger.ScriptParsedEventDataType }) => {
  if (/^(file:|\/|[A-Z]:)/.test(url)) loaded.add(url);
});
session.post('Debugger.enable');
process.on('exit', () => {
  process.stderr.write(`\nmodules loaded: ${String(loaded.size)}\n`);
});
