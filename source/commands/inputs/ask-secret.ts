import { StringDecoder } from 'node:string_decoder';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import { Secret } from '../../pairing/words/secret.ts';
import type { Host } from '../line/host.ts';

/** One secret, typed or pasted on the terminal; dots are all that is shown of it. @throws PairingError on Ctrl-C */
export async function askSecret({ stdin, err }: Host, what: string): Promise<Secret> {
	err(`${what}: `);
	stdin.setRawMode(true);
	const decoder = new StringDecoder('utf8');
	let typed = '';
	try {
		for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
			for (const key of decoder.write(chunk)) {
				if (key === '\r' || key === '\n') {
					return new Secret(typed.trim());
				}
				if (key === '\u0003' || key === '\u0004') {
					throw stopped();
				}
				if (key === '\u007f' || key === '\b') {
					err('\b \b'.repeat(typed === '' ? 0 : 1));
					typed = [...typed].slice(0, -1).join('');
				} else if (key >= ' ') {
					typed += key;
					err('•');
				}
			}
		}
		throw stopped();
	} finally {
		stdin.setRawMode(false);
		stdin.pause();
		err('\n');
	}
}

const stopped = (): PairingError =>
	new PairingError(
		inputProblem({
			id: 'secret-missing',
			title: 'Stopped before all secrets were given',
			remedies: ['Run it again, or give them as environment variables.'],
		}),
	);
