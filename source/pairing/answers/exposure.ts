import { pasteable, type ShellLine } from '../words/command.ts';
import { inputProblem, type Problem } from '../words/problem.ts';
import type { Exposure } from '../words/secret.ts';
import { command } from '../words/way.ts';

/** That others on this machine can read a file with a key, where that is all that is said of it. */
export const exposureProblem = (exposure: Exposure): Problem => {
	const line = fixOf(exposure);
	return inputProblem({
		id: 'key-file-exposed',
		title: `Other users of this machine can read the key file ${exposure.path}`,
		evidence: exposure.because,
		remedies: [line === undefined ? `${copy}.` : command('Let only yourself read it', line)],
	});
};

/** The same in one line, below the path that was typed. */
export const exposureLine = (exposure: Exposure): string =>
	`Other users of this machine can read it (${exposure.because}): ${fixOf(exposure) ?? copy}`;

const copy = 'Copy it to a file that only you can read, and use that one';

const fixOf = ({ path, isOwn }: Exposure): ShellLine | undefined =>
	isOwn ? pasteable(['chmod', '600', path]) : undefined;
