import { segmentQuickly } from '../ui/text/quick-segmenter.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { exposureLines } from './line/exposures.ts';
import { type Host, printer } from './line/host.ts';
import { asksInLines } from './line/look.ts';
import type { CommonOptions } from './line/options.ts';
import type { Converse } from './wizard/run-wizard.ts';

/** `pxpair` alone: the conversation. Without a terminal the practice clusters are paired with answers of their own. */
export async function wizardCommand(
	host: Host,
	{ answers, common }: Readonly<{ answers: string | undefined; common: CommonOptions }>,
): Promise<ExitCode> {
	if (host.isTerminal) {
		// Before anything of the screen is loaded.
		segmentQuickly();
		if (!common.practice && host.exposed.length > 0 && !(await goesOnExposed(host))) {
			return exitCode.cancelled;
		}
		const [{ runWizard }, converse] = await Promise.all([import('./wizard/run-wizard.ts'), face(host)]);
		return runWizard(host, common, { answersFile: answers, converse });
	}
	if (common.practice) {
		printer(host.err)(
			'No terminal to ask questions on: pairing the practice clusters with their own answers.',
		);
		return (await import('./run.ts')).runCommand(host, {
			file: answers,
			json: false,
			resume: undefined,
			common,
		});
	}
	if (answers !== undefined) {
		[
			'pxpair: no terminal to ask on, and the answers file is incomplete',
			'  → pxpair run FILE asks nothing, and reports what is missing.',
		].forEach(printer(host.err));
		return exitCode.badInput;
	}
	[
		'pxpair: no terminal to ask on: give the answers in a file',
		'  Missing: source, destination and objectStore',
		'  → Give them in an answers file: pxpair run FILE. examples/ has one for each object store.',
		'  → See it work without any cluster: pxpair --practice',
	].forEach(printer(host.err));
	return exitCode.badInput;
}

/** On a screen of its own, the warning would be gone before it is read. */
async function goesOnExposed(host: Host): Promise<boolean> {
	exposureLines(host.exposed).forEach(printer(host.err));
	const { asksYes } = await import('./ask-yes.ts');
	return asksYes(host, 'Continue anyway?');
}

/** Screens, or lines for a screen reader. The one is not loaded with the other. */
async function face(host: Host): Promise<Converse> {
	if (!asksInLines(host)) {
		return (await import('./wizard/conversation.tsx')).converseOnScreens;
	}
	if (!host.look.isSpoken) {
		printer(host.err)('TERM=dumb shows no screens: the questions come as lines, as with --accessible.');
	}
	return (await import('./wizard/dialogue-in-lines.ts')).converseInLines;
}
