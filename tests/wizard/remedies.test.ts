import { expect, test } from 'vitest';
import { labelOf, type Offer } from '../../source/conversation/offers/offer.ts';
import { offersAt } from '../../source/conversation/offers/offers.ts';
import { wizardReducer, wizardStart } from '../../source/conversation/wizard-reducer.ts';
import type { WizardState } from '../../source/conversation/wizard-state.ts';
import { entryWords } from '../../source/dialogue/offer.ts';
import { answersFileShape } from '../../source/pairing/answers/answers-shape.ts';
import { type Draft, emptyDraft } from '../../source/pairing/answers/draft.ts';
import { providerNames } from '../../source/pairing/answers/providers.ts';
import { clusterProblem, type Problem } from '../../source/pairing/words/problem.ts';
import { answerFields, type Remedy, remedyLines } from '../../source/pairing/words/way.ts';
import { problemLine } from '../../source/plain/json-lines.ts';
import { problemLines } from '../../source/plain/words.ts';
import { keyed, keyWords } from '../../source/wizard/keys/keys-at.ts';
import { allRemedies } from '../helpers/pages/remedies.ts';
import { foundFacts } from './open-app.tsx';

/*
 * Every remedy of the program, in every face: on a screen and in the lines it names no flag and no field, and a key or an entry
 * only where there is one; in plain output it names no key.
 */

const remedies = allRemedies().map(({ file, remedy }) => ({
	remedy,
	title: `${file}: ${JSON.stringify(remedy)}`,
}));
const flagOrField = /(^|[\s(])--?[a-z]|\b(pair|existing|objectStore)\.\w|\banswers file\b/;
const keyOrEntry = /\bpress\b|\(Esc\)|\(a less-than sign\)|choose "/;

const problemWith = (remedy: Remedy): Problem =>
	clusterProblem({ id: 'unexpected', title: 'Some problem', remedies: [remedy] });

const drafts: readonly Draft[] = providerNames.map(store => ({
	...emptyDraft,
	source: 'east',
	destination: 'west',
	store,
	bothWays: true,
}));

const foundWith = (draft: Draft, problem: Problem): WizardState => {
	const facts = (['source', 'destination'] as const).map(
		side => ({ type: 'found', side, found: foundFacts[side] }) as const,
	);
	const findings = [{ level: 'error', topic: 'way', problem } as const];
	return [...facts, { type: 'checked', findings, isWhole: true } as const].reduce<WizardState>(
		wizardReducer,
		{ ...wizardStart({ draft }), place: { kind: 'question', id: 'found' } },
	);
};

const afterRun = (draft: Draft, problem: Problem): readonly Offer[] =>
	offersAt({
		...wizardStart({ draft }),
		place: { kind: 'run', attempt: 1 },
		live: {
			phase: 'ended',
			run: { rows: [], result: { kind: 'failed', changes: 0, problem, trace: 'none' } },
		},
	});

/** What is said here, without the command that is alone to be copied. */
const said = (remedy: Remedy, words: Parameters<typeof remedyLines>[1]): string =>
	remedyLines(remedy, words)[0] ?? '';

/** A setting that is never asked for: the wizard can save an answers file, and be started with one. */
const isOfFileAlone = (remedy: Remedy): boolean =>
	typeof remedy !== 'string' &&
	remedy.way.kind === 'answer' &&
	remedy.way.fields.every(field => /\.(disable|useProxy)/.test(field));

test('all remedies are found', () => {
	expect(remedies.filter(({ remedy }) => typeof remedy === 'string').length).toBeGreaterThan(90);
	expect(remedies.filter(({ remedy }) => typeof remedy !== 'string').length).toBeGreaterThan(70);
});

test.for(remedies)('$title', ({ remedy }) => {
	const problem = problemWith(remedy);
	const what = typeof remedy === 'string' ? remedy : remedy.what;
	expect(what).not.toMatch(flagOrField);
	expect(what).not.toMatch(keyOrEntry);
	// A colon comes behind it.
	expect(typeof remedy === 'string' || remedy.way.kind === 'retry' || !remedy.what.includes(':')).toBe(true);
	expect(problemLines(problem).join('\n')).not.toMatch(keyOrEntry);
	expect(JSON.parse(problemLine(problem, false)).problem.remedies).toEqual([remedy]);
	for (const draft of drafts) {
		for (const offers of [offersAt(foundWith(draft, problem)), afterRun(draft, problem)]) {
			const keys = keyed(offers);
			const onScreen = said(remedy, keyWords(keys, draft));
			const inLines = said(remedy, entryWords(offers, draft));
			for (const text of isOfFileAlone(remedy) ? [] : [onScreen, inLines]) {
				expect(text).not.toMatch(flagOrField);
			}
			const [, key] = /press (\S+)\.$/.exec(onScreen) ?? [];
			expect(key === undefined || keys.has(key)).toBe(true);
			const [, entry] = /choose "(.+)" below\.$/.exec(inLines) ?? [];
			expect(entry === undefined || offers.some(({ id }) => labelOf(id) === entry)).toBe(true);
		}
	}
});

const waysHere = remedies.filter(
	({ remedy }) =>
		typeof remedy !== 'string' && !['start', 'command'].includes(remedy.way.kind) && !isOfFileAlone(remedy),
);

test.for(waysHere)('after a run, a key and an entry take it: $title', ({ remedy }) => {
	const taken = drafts.map(draft => {
		const offers = afterRun(draft, problemWith(remedy));
		return [said(remedy, keyWords(keyed(offers), draft)), said(remedy, entryWords(offers, draft))];
	});
	// A field of one store is asked for where that store was chosen.
	expect(taken.filter(([key]) => key?.includes('press ')).length).toBeGreaterThan(0);
	expect(taken.filter(([, entry]) => entry?.includes('choose "')).length).toBeGreaterThan(0);
});

test('every field that a way names is one of the answers file', () => {
	expect(answerFields.filter(field => !fields().includes(field))).toEqual([]);
});

function fields(): readonly string[] {
	const schema = JSON.stringify(answersFileShape.toJSONSchema({ io: 'input', unrepresentable: 'any' }));
	return answerFields.filter(field => field.split('.').every(name => schema.includes(`"${name}":`)));
}
