import type { Problem } from '../pairing/words/problem.ts';
import type { WizardServices } from './services.ts';

/** Those that problems bring along. @returns what became of each */
export async function saveManifests(
	problems: readonly Problem[],
	{ saveAttachment }: Pick<WizardServices, 'saveAttachment'>,
): Promise<readonly string[]> {
	const told: string[] = [];
	for (const problem of problems.filter(({ attachment }) => attachment)) {
		told.push(await saveAttachment(problem));
	}
	return told;
}
