import { inputProblem, PairingError } from '../../pairing/words/problem.ts';

/** Bytes: as much as is read of a file. */
const most = 4 * 1024 * 1024;

/** @throws PairingError when there is more of it than any answers file has */
export async function readStandardInput(input: AsyncIterable<Uint8Array | string>): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of input) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > most) {
			throw new PairingError(
				inputProblem({
					id: 'answers-file-unreadable',
					title: "Standard input can't be read",
					evidence: 'it is larger than 4 MiB',
					remedies: ['Check what is piped in.'],
				}),
			);
		}
		chunks.push(bytes);
	}
	return Buffer.concat(chunks).toString('utf8');
}
