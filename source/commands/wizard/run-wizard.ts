import { dirname, resolve } from 'node:path';
import { hasAnswers } from '../../conversation/beginnings.ts';
import type { WizardServices } from '../../conversation/services.ts';
import type { Aftermath } from '../../conversation/story/aftermath.ts';
import { mayHaveKeptAnswers } from '../../gateways/machine/runs-folder.ts';
import { type Draft, emptyDraft } from '../../pairing/answers/draft.ts';
import { problemThrown } from '../../pairing/words/problem.ts';
import { problemText } from '../../plain/lines.ts';
import type { GivenDraft } from '../inputs/given-answers.ts';
import { type LentTerminal, terminalOf } from '../inputs/lend-terminal.ts';
import type { PracticeGround } from '../inputs/practice-ground.ts';
import { type ExitCode, exitCode, exitCodeOf, exitCodeOfProblem } from '../line/exit-code.ts';
import { type Host, printer } from '../line/host.ts';
import { asksInLines } from '../line/look.ts';
import type { CommonOptions } from '../line/options.ts';
import { printAftermath, resultOfAll } from './aftermath.ts';
import { withContextsOf } from './contexts.ts';
import { openServices } from './wizard-services.ts';

export type WizardOptions = Readonly<{
	/** An answers file, or as much of one as there is: what is said there is not asked for. */
	answersFile: string | undefined;
	converse: Converse;
}>;

/** The conversation, whichever its face, with all that it rests on. */
export async function runWizard(
	host: Host,
	common: CommonOptions,
	{ answersFile, converse }: WizardOptions,
): Promise<ExitCode> {
	let ground: PracticeGround | undefined;
	try {
		if (common.practice) {
			const { startPracticeGround } = await import('../inputs/practice-ground.ts');
			ground = await startPracticeGround(common.practice.scenario, 'lifelike');
		}
		const given = answersFile === undefined ? undefined : await readGiven(host, answersFile);
		const terminal = terminalOf(host);
		const services = await openServices(host, { common, ground, given: given?.sources, terminal });
		const aftermath = await converse(host, services, {
			banner: ground?.banner,
			common,
			terminal,
			draft: withFlags(withContextsOf(services.contexts, given?.draft ?? emptyDraft), common),
			isGiven: given !== undefined,
		});
		const isToBeProved = aftermath.kind === 'ran' && aftermath.isToBeProved;
		if (!isToBeProved) {
			await services.close();
		}
		const isKept = ground === undefined && (await keepOrForget(host, aftermath));
		await printAftermath(
			aftermath,
			services,
			{ banner: ground?.banner, isTold: asksInLines(host), page: host.page },
			printer(host.out),
		);
		if (isKept) {
			printer(host.out)('Your answers, without secrets, are kept: pxpair offers them at the next start.');
		}
		if (isToBeProved) {
			const { proveAfterwards } = await import('../prove.ts');
			const code = await proveAfterwards(host, common, { services, ground, draft: aftermath.draft });
			await services.close();
			return code;
		}
		ground?.lesson.forEach(printer(host.out));
		return aftermathCode(aftermath);
	} catch (error) {
		const problem = problemThrown(error);
		problemText(problem, host.errorPage).forEach(printer(host.err));
		return exitCodeOfProblem(problem);
	} finally {
		await ground?.close();
	}
}

/** Answers that no run was made of are kept for the next start; a run has a record of its own. @returns whether they are kept */
async function keepOrForget(host: Host, aftermath: Aftermath): Promise<boolean> {
	const draft = aftermath.kind === 'left-before-run' ? aftermath.draft : undefined;
	if (
		draft ? !hasAnswers(draft) : aftermath.kind === 'left-before-run' || !mayHaveKeptAnswers(host.environment)
	) {
		return false;
	}
	const { keepAnswers, forgetAnswers } = await import('../../gateways/machine/kept-answers.ts');
	if (draft) {
		return keepAnswers(host.environment, draft, new Date());
	}
	await forgetAnswers(host.environment);
	return false;
}

/** With it comes what reads answers files, which most conversations begin without. */
async function readGiven(host: Host, name: string): Promise<GivenDraft> {
	const [{ draftOfGiven }, { readAnswersText }, { parsePartialAnswers }] = await Promise.all([
		import('../inputs/given-answers.ts'),
		import('../inputs/answers-text.ts'),
		import('../../pairing/answers/answers-file.ts'),
	]);
	const path = resolve(host.folder, name);
	const file = parsePartialAnswers(await readAnswersText(path, name), name);
	return draftOfGiven(host, { file, folder: dirname(path) });
}

export type Conversation = Readonly<{
	common: CommonOptions;
	/** Where login plugins ask. */
	terminal: LentTerminal | undefined;
	/** That it is practice, where it is. */
	banner: string | undefined;
	draft: Draft;
	isGiven: boolean;
}>;

/** A face of the conversation: from its beginning to what there is to tell afterwards. */
export type Converse = (
	host: Host,
	services: WizardServices,
	conversation: Conversation,
) => Promise<Aftermath>;

/** What the flags say already. A context that they name is still shown, and asked for. */
function withFlags(draft: Draft, common: CommonOptions): Draft {
	const { source, destination, existingCredential, existingPair, ignore } = common;
	return {
		...draft,
		...(source && { source }),
		...(destination && { destination }),
		...(common.bothWays && { bothWays: true }),
		...(common.serviceAccount && { login: 'service-account' as const }),
		...(common.server && { texts: { ...draft.texts, server: common.server } }),
		existing: {
			credential: existingCredential ?? draft.existing.credential,
			pair: existingPair ?? draft.existing.pair,
		},
		ignore: [...draft.ignore, ...ignore],
	};
}

function aftermathCode(aftermath: Aftermath): ExitCode {
	if (aftermath.kind === 'left-before-run' || aftermath.run.result === undefined) {
		return exitCode.cancelled;
	}
	if (aftermath.kind === 'took-back') {
		return aftermath.standing > 0 ? exitCode.failedAfterChanges : exitCode.done;
	}
	if (aftermath.phase === 'undone') {
		return aftermath.standing > 0 ? exitCode.failedAfterChanges : exitCode.cancelled;
	}
	return exitCodeOf(resultOfAll(aftermath.run.result, aftermath.standing));
}
