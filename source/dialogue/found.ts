import { nextLocation } from '../conversation/choices.ts';
import { said } from '../conversation/facts-in-words.ts';
import {
	answersToLookWith,
	blockers,
	changedSoFar,
	endpointQuestion,
	isLookedAt,
	isSolvedByAccount,
	problemsOf,
	serverQuestion,
	warnings,
} from '../conversation/found.ts';
import { helpLines } from '../conversation/help-texts.ts';
import { spoken, type WaysOut } from '../conversation/spoken.ts';
import type { WizardAction } from '../conversation/wizard-state.ts';
import { type Side, sides } from '../pairing/words/pair.ts';
import type { Problem } from '../pairing/words/problem.ts';
import { problemLines } from '../plain/words.ts';
import { choose, type Item } from './choose.ts';
import type { Dialogue } from './dialogue.ts';

/** Both clusters as they were found, what stands in the way, and what can be answered to it. */
export async function showFound(dialogue: Dialogue): Promise<void> {
	const { say, dispatch, state, services, keyboard, made } = dialogue;
	if (!isLookedAt(state().found)) {
		await look(dialogue);
	}
	const { found, draft } = state();
	const errors = blockers(found, draft);
	sides.flatMap(side => factLines(dialogue, side)).forEach(say);
	errors.flatMap(problem => troubleLines('Error', problem)).forEach(say);
	warnings(found)
		.flatMap(problem => troubleLines('Warning', problem))
		.forEach(say);
	['', count(errors.length, warnings(found).length), changedSoFar(made.length)].forEach(say);
	if (draft.login === 'service-account') {
		say("The pair will carry a ServiceAccount's token.");
	}
	const problems = problemsOf(state());
	const location = nextLocation(draft, found.facts);
	for (;;) {
		const answer = await choose(dialogue, {
			items: [
				...(errors.length === 0 ? [{ id: 'next', label: 'Go on' } as const] : []),
				...answersTo(problems),
				{ id: 'again', label: 'Look again' },
				{ id: 'swap', label: 'Swap source and destination' },
				{
					id: 'location',
					label:
						location === 'auto'
							? 'Take the location as it was found'
							: `Say that they stand ${location === 'cloud' ? 'in a cloud' : location}`,
				},
				...saveItem(problems),
			] as const,
			initial: errors.length === 0 ? 'next' : undefined,
			help: helpLines('found'),
		});
		switch (answer) {
			case undefined:
				return dispatch({ type: 'back' });
			case 'next':
				return dispatch({ type: 'next' });
			case 'again':
				return dispatch({ type: 'look-again' });
			case 'swap':
				return dispatch({ type: 'swapped' });
			case 'location':
				return dispatch({ type: 'located', location });
			case 'save':
				for (const problem of problems.filter(({ attachment }) => attachment)) {
					say(await keyboard.during(services.saveAttachment(problem)));
				}
				break;
			default:
				return takeAnswer(dialogue, answer, problems);
		}
	}
}

type AnswerId = 'account' | 'server' | 'endpoint';

/** What can be answered on the spot. */
export const answersTo = (problems: readonly Problem[]): readonly Item<AnswerId>[] => [
	...(isSolvedByAccount(problems)
		? [{ id: 'account', label: 'Let the pair carry the token of a ServiceAccount' } as const]
		: []),
	...(serverQuestion(problems) ? [{ id: 'server', label: 'Give an API address' } as const] : []),
	...(endpointQuestion(problems) ? [{ id: 'endpoint', label: 'Give a Portworx address' } as const] : []),
];

export const saveItem = (problems: readonly Problem[]): readonly Item<'save'>[] =>
	problems.some(({ attachment }) => attachment) ? [{ id: 'save', label: 'Save the manifest as a file' }] : [];

export const takeAnswer = ({ dispatch }: Dialogue, answer: AnswerId, problems: readonly Problem[]): void =>
	dispatch(actionOf(answer, problems));

function actionOf(answer: AnswerId, problems: readonly Problem[]): WizardAction {
	switch (answer) {
		case 'account':
			return { type: 'use-account' };
		case 'server':
			return { type: 'ask-aside', id: serverQuestion(problems) ?? 'server' };
		case 'endpoint':
			return { type: 'ask-aside', id: endpointQuestion(problems) ?? 'pairEndpoint' };
	}
}

const asChoices: WaysOut = {
	account: 'choose the ServiceAccount below',
	server: 'choose the API address below',
	endpoint: 'choose the Portworx address below',
	location: 'say where they stand, below what was found',
	keep: 'keep it',
	replace: 'replace it',
	back: '(a less-than sign)',
};

export const inWords = (problem: Problem): Problem => spoken(problem, asChoices);

const troubleLines = (level: 'Error' | 'Warning', problem: Problem): readonly string[] => {
	const [title = '', ...rest] = problemLines(inWords(problem));
	const { side } = problem;
	return ['', `${level}${side && !title.includes(side) ? ` on the ${side}` : ''}: ${title}`, ...rest];
};

const count = (errors: number, warned: number): string =>
	errors > 0
		? `${errors === 1 ? '1 error stands' : `${errors} errors stand`} in the way.`
		: `No errors, ${warned === 0 ? 'no warnings' : warned === 1 ? '1 warning' : `${warned} warnings`}.`;

function factLines({ state }: Dialogue, side: Side): readonly string[] {
	const { found, draft } = state();
	const { version, portworx, pods, uuid, stork, stands, because, region } = said(
		found.facts[side],
		draft.location,
	);
	return [
		'',
		`The ${side} is ${draft[side]}.`,
		`Kubernetes: ${version}. Portworx: ${portworx}; pods: ${pods}; UUID: ${uuid}. Stork: ${stork}.`,
		`Stands: ${stands}; region: ${region}. ${because}`,
	];
}

/** Milliseconds between two words of progress. */
const pause = 5000;

async function look({ say, services, keyboard, state, dispatch }: Dialogue): Promise<void> {
	say('Looking at both clusters. Nothing is changed.');
	const stop = new AbortController();
	const started = performance.now();
	const timer = setInterval(
		() => say(`Still looking, for ${Math.round((performance.now() - started) / 1000)} seconds.`),
		pause,
	);
	try {
		await keyboard.during(
			services.look(
				answersToLookWith(state().draft),
				{
					facts: (side, found) => dispatch({ type: 'found', side, found }),
					findings: (findings, isWhole) => dispatch({ type: 'checked', findings, isWhole }),
				},
				stop.signal,
			),
		);
	} finally {
		clearInterval(timer);
		stop.abort();
	}
}
