import { answerText, changeable } from '../conversation/answer-texts.ts';
import { choiceFor } from '../conversation/choices.ts';
import { changedSoFar, mayRun, wholeFacts } from '../conversation/found.ts';
import { helpLines } from '../conversation/help-texts.ts';
import type { QuestionId } from '../conversation/question-ids.ts';
import { isField, shortNames } from '../conversation/questions.ts';
import { progressOf } from '../conversation/wizard-state.ts';
import { podPlaces } from '../pairing/step/pod-places.ts';
import { planText } from '../plain/plan-text.ts';
import { choose } from './choose.ts';
import type { Dialogue } from './dialogue.ts';
import { askField } from './field.ts';
import { showFound } from './found.ts';
import { Left } from './keyboard.ts';

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
	const { draft } = state();
	const taken = side === 'destination' ? draft.source : undefined;
	const free = services.contexts.filter(({ name }) => name !== taken);
	const current = free.find(({ isCurrent }) => isCurrent)?.name;
	say(
		side === 'source'
			? 'Which cluster is the source: where do the applications run now?'
			: 'Which cluster is the destination: where should the applications be able to go?',
	);
	const context = await choose(dialogue, {
		items: services.contexts.map(({ name, server, isCurrent }) => ({
			id: name,
			label: name,
			description: `${isCurrent ? 'The current context. ' : ''}${name === taken ? 'Is the source. ' : ''}${server}`,
			...(name === taken && { refused: 'That one is the source already: choose another.' }),
		})),
		initial: draft[side] ?? (side === 'source' ? current : free[0]?.name),
		help: helpLines(side),
	});
	if (context !== undefined) {
		dispatch({ type: 'chose-context', side, context });
	} else if (side === 'source' && !state().isChanging) {
		say('This is the first question. Ctrl-C leaves.');
	} else {
		dispatch({ type: 'back' });
	}
}

/** The plan whole, and then what to do with it. Enter alone does not run it. */
async function review(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch, state, keyboard, made } = dialogue;
	const facts = wholeFacts(state());
	const plan = dialogue.plan();
	['This is what will be done:', ...planText(plan, podPlaces(facts)).split('\n')].forEach(say);
	for (;;) {
		say(changedSoFar(made.length));
		const answer = await choose(dialogue, {
			items: [
				{ id: 'run', label: 'Run it' },
				{ id: 'change', label: 'Change an answer' },
				{ id: 'runbook', label: 'Save it as a runbook, to be followed by hand' },
				{ id: 'answers', label: 'Save the answers as a file, without secrets' },
				{ id: 'leave', label: 'Leave' },
			] as const,
			help: ['The plan above is all that a run does. Nothing has begun.'],
		});
		switch (answer) {
			case undefined:
				return dispatch({ type: 'back' });
			case 'run':
				// Only what has been looked at, and found free of what would make it fail, is run.
				return dispatch(
					mayRun(state().found, state().draft) ? { type: 'run' } : { type: 'change', id: 'found' },
				);
			case 'change':
				return dispatch({ type: 'list-answers' });
			case 'leave':
				throw new Left();
			default:
				say(await keyboard.during(services.save(answer, state().draft, plan, facts)));
		}
	}
}

export async function chooseAnswer(dialogue: Dialogue): Promise<void> {
	const { say, dispatch, state } = dialogue;
	['', 'Which answer should be another?'].forEach(say);
	const { draft } = state();
	const id = await choose(dialogue, {
		items: changeable(draft).map(question => ({
			id: question,
			label: shortNames[question],
			description: answerText(question, draft),
		})),
	});
	dispatch(id === undefined ? { type: 'back' } : { type: 'change', id });
}
