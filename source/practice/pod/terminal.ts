import { createPipe, OpenFile } from './streams.ts';

/** As it is typed; no line holds it. */
const endOfInput = '\x04';

export type Terminal = Readonly<{ file: OpenFile; type(bytes: Uint8Array): void; hangUp(): void }>;

/** The line discipline: echoes what is typed, edits the line, and makes signals of Ctrl-C and ends of Ctrl-D. */
export function createTerminal(show: (text: string) => void, interrupt: () => void): Terminal {
	const { reader, writer } = createPipe();
	const forever = new AbortController().signal;
	let line = '';
	let sequence = '';
	let last = Promise.resolve();
	const send = (text: string) => {
		last = last.then(() => writer.write(Buffer.from(text), forever)).catch(() => undefined);
	};
	const type = (character: string) => {
		// Arrow keys and the like come as several characters; there is no history here.
		if (sequence !== '' || character === '\x1b') {
			sequence += character;
			if (/^.(?:\[[\d;]*[@-~]|O.|[^[O])$/.test(sequence)) sequence = '';
			return;
		}
		switch (character) {
			case '\r':
			case '\n':
				show('\n');
				send(`${line}\n`);
				line = '';
				return;
			case '\x03':
				show('^C\n');
				line = '';
				interrupt();
				return;
			case '\x04':
				// An end where the line is empty: one read finds nothing.
				send(line === '' ? endOfInput : line);
				line = '';
				return;
			case '\x7f':
			case '\b':
				if (line !== '') show('\b \b');
				line = [...line].slice(0, -1).join('');
				return;
			case '\x15':
				show('\b \b'.repeat([...line].length));
				line = '';
				return;
			default:
				if (character < ' ' && character !== '\t') return;
				line += character;
				show(character);
		}
	};
	const decoder = new TextDecoder();
	return {
		type(bytes) {
			for (const character of decoder.decode(bytes, { stream: true })) type(character);
		},
		hangUp: () => void last.then(() => writer.release()),
		file: new OpenFile({
			isTerminal: true,
			async read(signal) {
				const chunk = await reader.read(signal);
				return chunk?.toString() === endOfInput ? undefined : chunk;
			},
			async write(bytes) {
				show(bytes.toString());
			},
			close: () => undefined,
		}),
	};
}
