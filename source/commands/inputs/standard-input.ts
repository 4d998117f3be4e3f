import { mostBytes, tooLarge } from '../../gateways/machine/read-bounded-file.ts';
import { refuse } from '../../pairing/words/problem.ts';

/** @throws PairingError when there is more of it than any answers file has */
export async function readStandardInput(input: AsyncIterable<Uint8Array | string>): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of input) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > mostBytes) {
			refuse({
				id: 'answers-file-unreadable',
				title: "Standard input can't be read",
				evidence: tooLarge,
				remedies: ['Check what is piped in.'],
			});
		}
		chunks.push(bytes);
	}
	return Buffer.concat(chunks).toString('utf8');
}
