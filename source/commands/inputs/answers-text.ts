import { fileTrouble, systemCode } from '../../gateways/machine/file-error.ts';
import { readBoundedFile } from '../../gateways/machine/read-bounded-file.ts';
import { refuse } from '../../pairing/words/problem.ts';

/** @throws PairingError when it can't be read */
export async function readAnswersText(path: string, name: string): Promise<string> {
	try {
		return await readBoundedFile(path);
	} catch (error) {
		refuse({
			id: 'answers-file-unreadable',
			title: `The answers file ${name} can't be read`,
			evidence: fileTrouble(error),
			remedies: [
				'Check the path. examples/ has one for each object store.',
				...(systemCode(error) === 'ENOTFILE' ? ['Standard input is read with -.'] : []),
			],
		});
	}
}
