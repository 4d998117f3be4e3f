import type { Step } from '../pairing/step/step.ts';
import { moreLine, type Problem, titleOfBoth, twinsOf } from '../pairing/words/problem.ts';
import { type AnswerField, remedyLines, type Way, type WayWords } from '../pairing/words/way.ts';
import type { Outcome, RunResult } from '../runner/run-event.ts';
import { type UndoneCounts, undoneText } from '../runner/undone-text.ts';
import { type Page, plainPage, type Tone, wrap } from './page.ts';

/** What became of a step, in one word. A step that only looks has been "checked", whether or not anything ran before. */
export function outcomeWord(step: Step, outcome: Outcome): string {
	switch (outcome.kind) {
		case 'unchanged':
			return step.change ? 'unchanged' : 'checked';
		case 'changed':
			return 'changed';
		case 'undone':
			return outcome.absent ? 'not found' : outcome.kept === undefined ? 'deleted' : 'kept';
		case 'failed':
			return 'FAILED';
		case 'skipped':
			return 'skipped';
		case 'cancelled':
			return 'cancelled';
	}
}

/** What the word of a step comes to, at a glance. */
export function outcomeTone(outcome: Outcome): Tone {
	switch (outcome.kind) {
		case 'unchanged':
			return 'ok';
		case 'changed':
			return 'changed';
		case 'undone':
			return outcome.kept === undefined ? 'changed' : 'warning';
		case 'failed':
			return 'error';
		case 'skipped':
		case 'cancelled':
			return 'muted';
	}
}

/** @param isBrief without the evidence, and with what the word beside it would say */
export function outcomeText(step: Step, outcome: Outcome, isBrief = false): string {
	const told = (what: string, evidence: string) => (isBrief ? what : `${what}: ${evidence}`);
	switch (outcome.kind) {
		case 'unchanged':
			return told(step.title.holds, outcome.evidence);
		case 'changed':
			return told(`${isBrief ? 'Created' : 'created'} ${outcome.made}`, outcome.evidence);
		case 'undone':
			return isBrief ? removalText(outcome) : whyKept(outcome);
		case 'failed':
			return outcome.problem.title;
		case 'skipped':
			return `${step.title.plan}: ${outcome.because}`;
		case 'cancelled':
			return `${step.title.plan}: stopped before it finished`;
	}
}

type Undone = Extract<Outcome, { kind: 'undone' }>;

const whyKept = ({ made, kept }: Undone): string => (kept === undefined ? made : `${made}: ${kept}`);

const removalText = (undone: Undone): string =>
	undone.absent
		? `Not found: ${undone.made}`
		: `${undone.kept === undefined ? 'Deleted' : 'Kept'} ${whyKept(undone)}`;

/** What happened · the evidence · the ways out. Commands and links stand alone on their lines, to be copied. */
export function problemLines(
	problem: Problem,
	words: WayWords = flagsAndFields,
	page: Page = plainPage,
): string[] {
	const { remedies, docs, attachment, others = [] } = problem;
	const muted = (text: string) => page.paint('muted', text);
	const twins = twinsOf(problem, others);
	const title = twins.length === 0 ? problem.title : titleOfBoth(problem);
	return [
		title,
		...evidenceLines(problem, page),
		...twins.flatMap(twin => [`  The same on the ${twin.side}:`, ...evidenceLines(twin, page)]),
		...remedies.flatMap(remedy =>
			remedyLines(remedy, words).flatMap((line, index) =>
				index === 0 ? wrap(`  → ${line}`, page, 4) : [page.paint('strong', `      ${line}`)],
			),
		),
		...(docs ? [muted(`  ${page.link(docs)}`)] : []),
		muted(`  ${moreLine(problem)}`),
		...attachmentLines(attachment),
		...others
			.filter(other => !twins.includes(other))
			.flatMap(other => ['', ...problemLines(other, words, page)]),
	];
}

const evidenceLines = ({ evidence }: Problem, page: Page): readonly string[] =>
	(evidence ?? '')
		.split('\n')
		.filter(Boolean)
		.flatMap(line => wrap(`  ${line}`, page, 4).map(text => page.paint('muted', text)));

/** A way out for who has a command line and an answers file. */
export function flagsAndFields(way: Way): string | undefined {
	switch (way.kind) {
		case 'answer': {
			const [field] = way.fields;
			// Each store calls it by another name.
			const fields = way.fields.length > 1 ? 'objectStore' : `${field}${valueIn(field, way.value)}`;
			const flags = way.fields.flatMap(field => flagFor[field] ?? []);
			return [`${fields} in the answers file`, ...flags].join(', or ');
		}
		case 'use-account':
			return way.replaces
				? 'pair.login: service-account and existing.pair: replace in the answers file, or --service-account --existing-pair=replace'
				: 'pair.login: service-account in the answers file, or --service-account';
		case 'existing':
			return `existing.${way.subject}: ${way.policy} in the answers file, or --existing-${way.subject}=${way.policy}`;
		case 'retry':
			return 'run this again';
		case 'start':
			return way.variable === undefined ? way.flags : `${way.flags}, or the variable ${way.variable}`;
		case 'command':
			return undefined;
	}
}

const flagFor: Readonly<Partial<Record<AnswerField, string>>> = {
	'source.context': '--source CONTEXT',
	'destination.context': '--destination CONTEXT',
	'pair.server': '--server https://HOST:PORT',
};

const valueIn = (field: AnswerField, value: string | undefined): string => {
	const shown = value ?? placeholders[field];
	return shown === undefined ? '' : `: ${shown}`;
};

const placeholders: Readonly<Partial<Record<AnswerField, string>>> = {
	location: 'cloud or on-premises',
	'pair.server': 'https://HOST:PORT',
	'pair.back.server': 'https://HOST:PORT',
	'pair.endpoint': '{ip, port}',
	'pair.back.endpoint': '{ip, port}',
};

/** As it is in a file, to be copied into one. */
export const attachmentLines = (attachment: Problem['attachment']): readonly string[] =>
	attachment ? ['', `  ${attachment.title}:`, '', ...attachment.text.trimEnd().split('\n')] : [];

/** After a run that failed or stopped. @param id the name of its record */
export const waysOn = (id: string): Readonly<{ resume: string; undo: readonly string[] }> => ({
	resume: `Resume it: pxpair run --resume ${id}`,
	undo: [`Undo it: pxpair undo ${id}`, `See first what that deletes: pxpair undo ${id} --plan`],
});

export function resultLine(result: RunResult): string {
	switch (result.kind) {
		case 'done':
			return result.changes === 0
				? 'Done. Nothing was changed: everything already exists.'
				: `Done. ${count(result.changes)} made.`;
		case 'failed':
			return `Failed. ${leftBehind(result.changes, result.trace)}`;
		case 'cancelled':
			return `Stopped. ${leftBehind(result.changes, 'none')}`;
	}
}

/** Below the lines of what was deleted and what was not. */
export const undoneLine = (counts: UndoneCounts): string =>
	`${undoneText(counts)}${counts.left > 0 && !counts.isStopped ? ': see above' : ''}.`;

function leftBehind(changes: number, trace: 'none' | 'unknown'): string {
	const certain =
		changes === 0
			? 'Nothing was changed'
			: `${count(changes)} made before that; finished steps are not repeated when it is run again`;
	return trace === 'unknown'
		? `${certain}, except that the failed step may have changed something: run it again to find out.`
		: `${certain}.`;
}

const count = (changes: number): string => (changes === 1 ? '1 change was' : `${changes} changes were`);

export const seconds = (milliseconds: number): string =>
	milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;

/** How long a step has taken; of one that waits, with when it gives up. */
export const ofLimit = ({ patience }: Pick<Step, 'patience'>, elapsed: string): string =>
	patience === undefined ? elapsed : `${elapsed} of ${patience.seconds} s`;
