import { detailsOf } from '../conversation/found/details.ts';
import { said } from '../conversation/found/facts-in-words.ts';
import {
	answersToLookWith,
	blockers,
	changedSoFar,
	isLookedAt,
	problemsOf,
	warnings,
} from '../conversation/found/found.ts';
import { routesIn, routeText } from '../conversation/found/network.ts';
import { isConversation } from '../conversation/offers/offer.ts';
import { offersAt } from '../conversation/offers/offers.ts';
import { nextLocation } from '../conversation/questions/choices.ts';
import { helpLines } from '../conversation/questions/help-texts.ts';
import { counted } from '../pairing/words/counted.ts';
import { type Side, sides } from '../pairing/words/pair.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { WayWords } from '../pairing/words/way.ts';
import { problemLines } from '../plain/words.ts';
import type { Dialogue } from './dialogue.ts';
import { lookAloud } from './look.ts';
import { chooseOffer, entryWords, saveAttachments } from './offer.ts';

/** Both clusters as they were found, what blocks it, and what can be answered to it. */
export async function showFound(dialogue: Dialogue): Promise<void> {
	const { say, dispatch, state, made } = dialogue;
	if (!isLookedAt(state().found)) {
		await look(dialogue);
	}
	const { found, draft } = state();
	const errors = blockers(found, draft);
	const offers = offersAt(state());
	const words = entryWords(offers, draft);
	sides.flatMap(side => factLines(dialogue, side)).forEach(say);
	errors.flatMap(problem => troubleLines('Error', problem, words)).forEach(say);
	warnings(found)
		.flatMap(problem => troubleLines('Warning', problem, words))
		.forEach(say);
	routesIn(found.findings).map(routeText).forEach(say);
	['', count(errors.length, warnings(found).length), changedSoFar(made().length)].forEach(say);
	if (draft.login === 'service-account') {
		say('The pair will use a ServiceAccount.');
	}
	for (;;) {
		const offer = await chooseOffer(dialogue, offers, {
			labels: { 'answer:found': whereabouts(nextLocation(draft, found.facts)) },
			initial: errors.length === 0 ? 'next' : undefined,
			help: helpLines('found'),
		});
		if (offer === undefined) {
			return dispatch({ type: 'back' });
		}
		if (offer.action.type === 'details') {
			detailsOf(state())
				.flatMap(({ title, lines }) => ['', `${title}.`, ...lines])
				.forEach(say);
		} else if (isConversation(offer.action)) {
			return dispatch(offer.action);
		} else {
			await saveAttachments(dialogue, problemsOf(state()));
		}
	}
}

const whereabouts = (location: string): string =>
	location === 'auto' ? 'Use the detected location' : `Set the location: ${location}`;

export const troubleLines = (
	level: 'Error' | 'Warning',
	problem: Problem,
	words: WayWords,
): readonly string[] => {
	const [title = '', ...rest] = problemLines(problem, words);
	const { side } = problem;
	return ['', `${level}${side && !title.includes(side) ? ` on the ${side}` : ''}: ${title}`, ...rest];
};

const count = (errors: number, warned: number): string =>
	errors > 0
		? `${counted(errors, 'error')} would make pairing fail.`
		: `No errors, ${warned === 0 ? 'no warnings' : counted(warned, 'warning')}.`;

function factLines({ state }: Dialogue, side: Side): readonly string[] {
	const { found, draft } = state();
	const { version, portworx, pods, uuid, stork, platform, because, region } = said(
		found.facts[side],
		draft.location,
	);
	return [
		'',
		`The ${side} is ${draft[side]}.`,
		`Kubernetes: ${version}. Portworx: ${portworx}; pods: ${pods}; UUID: ${uuid}. Stork: ${stork}.`,
		`Platform: ${platform}; region: ${region}. ${because}`,
	];
}

const look = (dialogue: Dialogue): Promise<void> =>
	lookAloud(dialogue, 'both clusters', answersToLookWith(dialogue.state().draft), {
		facts: (side, found) => dialogue.dispatch({ type: 'found', side, found }),
		findings: (findings, isWhole) => dialogue.dispatch({ type: 'checked', findings, isWhole }),
	});
