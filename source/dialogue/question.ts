import { defaultRows, defaultsQuestion, takeDefault } from '../conversation/defaults.ts';
import { blockers, foundByNow, warnings, wholeFacts } from '../conversation/found/found.ts';
import { proofOf, proofWords } from '../conversation/found/proof.ts';
import { isConversation } from '../conversation/offers/offer.ts';
import { offersAt } from '../conversation/offers/offers.ts';
import { answerText, changeable } from '../conversation/questions/answer-texts.ts';
import { choiceFor } from '../conversation/questions/choices.ts';
import {
	contextId,
	contextQuestion,
	contextsFor,
	fileQuestion,
	otherFileLabel,
	takenRemark,
} from '../conversation/questions/contexts.ts';
import { helpLines } from '../conversation/questions/help-texts.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import { isField, shortNames } from '../conversation/questions/questions.ts';
import { summaryOf } from '../conversation/summary.ts';
import { progressOf } from '../conversation/wizard-state.ts';
import { podPlaces } from '../pairing/step/pod-places.ts';
import { defined } from '../pairing/words/json.ts';
import { planText } from '../plain/plan-text.ts';
import { isFirst } from './begin.ts';
import { choose } from './choose.ts';
import type { Dialogue } from './dialogue.ts';
import { askField } from './field.ts';
import { showFound, troubleLines } from './found.ts';
import { Left } from './keyboard.ts';
import { lookAhead } from './look.ts';
import { chooseOffer } from './offer.ts';

export async function askQuestion(dialogue: Dialogue, id: QuestionId): Promise<void> {
	const { say, dispatch, state } = dialogue;
	const progress = progressOf(state());
	['', `${shortNames[id]}${progress && `, question ${progress}`}.`].forEach(say);
	if (isField(id)) {
		return askField(dialogue, id);
	}
	switch (id) {
		case 'source':
		case 'destination':
			return chooseContext(dialogue, id);
		case 'found':
			return showFound(dialogue);
		case 'defaults':
			return showDefaults(dialogue);
		case 'review':
			return review(dialogue);
		default: {
			const { question, remark, options, chosen, onSubmit } = {
				remark: undefined,
				...choiceFor(id, { state: state(), dispatch }),
			};
			[question, ...(remark ? [remark] : [])].forEach(say);
			const answer = await choose(dialogue, { items: options, initial: chosen, help: helpLines(id) });
			if (answer === undefined) dispatch({ type: 'back' });
			else onSubmit(answer);
		}
	}
}

async function chooseContext(dialogue: Dialogue, side: 'source' | 'destination'): Promise<void> {
	const { say, services, dispatch, state } = dialogue;
	const { contexts, taken, first, few } = contextsFor(services, state(), side);
	const { before, after } = contextQuestion[side];
	[`${before}${side}${after}`, ...(few === undefined ? [] : [few])].forEach(say);
	const id = await choose(dialogue, {
		items: [
			...contexts.map(context => ({
				id: contextId(context),
				label: context.name,
				description: `${context.isCurrent ? 'The current context. ' : ''}${contextId(context) === taken ? 'Is the source. ' : ''}${context.server}`,
				...(contextId(context) === taken && { refused: `${takenRemark}.` }),
			})),
			{ id: otherFile, label: otherFileLabel },
		],
		initial: first,
		help: helpLines(side),
	});
	if (id === otherFile) {
		return nameFile(dialogue);
	}
	const context = contexts.find(each => contextId(each) === id);
	if (context !== undefined) {
		const { name, kubeconfig } = context;
		dispatch({ type: 'chose-context', side, context: name, ...defined({ kubeconfig }) });
	} else if (side === 'source' && !state().isChanging) {
		say(isFirst);
	} else {
		dispatch({ type: 'back' });
	}
}

const otherFile = '\0file';

/** Its contexts are then among those to choose from. */
async function nameFile({ say, keyboard, services, dispatch }: Dialogue): Promise<void> {
	say(fileQuestion);
	for (;;) {
		const path = (await keyboard.read('Path, or < to go back: ', 'shown')).reveal().trim();
		if (path === '<' || path === '') {
			return;
		}
		const read = await keyboard.during(services.readKubeconfig(path));
		if (read.kind === 'contexts') {
			return dispatch({ type: 'added-contexts', contexts: read.contexts });
		}
		say(read.text);
	}
}

/** Everything that has a good default, read out once. */
async function showDefaults(dialogue: Dialogue): Promise<void> {
	const { say, dispatch, state } = dialogue;
	say(defaultsQuestion);
	const proof = proofWords(proofOf(state()));
	if (proof) say(`Object store: ${proof.text}.`);
	const rows = defaultRows(state()).map(({ id, label, value, remark }) => ({
		id,
		label,
		description: remark ? `${value}, ${remark}` : value,
	}));
	const id = await choose<QuestionId | 'use'>(dialogue, {
		items: [{ id: 'use', label: 'Use these' }, ...rows],
		initial: 'use',
		help: helpLines('defaults'),
	});
	dispatch(id === undefined ? { type: 'back' } : takeDefault(id));
}

/** The plan whole, and then what to do with it. Enter alone does not run it. */
async function review(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch, state, keyboard, made } = dialogue;
	await lookAhead(dialogue);
	const found = foundByNow(state());
	const facts = wholeFacts(state());
	const plan = dialogue.plan();
	const summary = summaryOf(state(), plan, made().length);
	[
		...summary.answers.map(
			({ label, value, remark }) => `${label}: ${value}${remark ? `, ${remark.text}` : ''}.`,
		),
		summary.headline,
		...summary.creates.map(what => `  ${what}`),
		...blockers(found, state().draft).flatMap(problem => troubleLines('Error', problem, () => undefined)),
		...warnings(found).flatMap(problem => troubleLines('Warning', problem, () => undefined)),
	].forEach(say);
	for (;;) {
		const offer = await chooseOffer(dialogue, offersAt(state()), {
			initial: 'steps',
			help: helpLines('review'),
		});
		if (offer?.id === 'steps') {
			['Steps:', ...planText(plan, podPlaces(facts)).split('\n'), summary.headline].forEach(say);
			continue;
		}
		const action = offer?.action ?? { type: 'back' };
		if (isConversation(action)) {
			return dispatch(action);
		}
		if (action.type === 'leave') {
			throw new Left();
		}
		const what = action.type === 'save-runbook' ? 'runbook' : 'answers';
		say(await keyboard.during(services.save(what, state().draft, plan, facts)));
	}
}

export async function chooseAnswer(dialogue: Dialogue): Promise<void> {
	const { say, dispatch, state } = dialogue;
	['', 'Which answer do you want to change?'].forEach(say);
	const { draft, found } = state();
	const id = await choose(dialogue, {
		items: changeable(draft, found.facts).map(question => ({
			id: question,
			label: shortNames[question],
			description: answerText(question, draft),
		})),
	});
	dispatch(id === undefined ? { type: 'back' } : { type: 'change', id });
}
