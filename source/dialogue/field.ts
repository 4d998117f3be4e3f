import { adminNamespaceIn } from '../conversation/found/found.ts';
import { blamedOf } from '../conversation/found/proof.ts';
import { chosenContext } from '../conversation/questions/contexts.ts';
import { fields, offer, whatOf } from '../conversation/questions/field-texts.ts';
import { helpLines } from '../conversation/questions/help-texts.ts';
import type { FieldId } from '../conversation/questions/question-ids.ts';
import {
	isKeyFile,
	isSecretField,
	type Judgement,
	judge,
	shortNames,
	suggestion,
} from '../conversation/questions/questions.ts';
import type { AskedFieldId } from '../pairing/answers/credential.ts';
import { exposureLine } from '../pairing/answers/exposure.ts';
import { Secret } from '../pairing/words/secret.ts';
import { type Dialogue, howTo } from './dialogue.ts';

type Question<Id extends FieldId> = Readonly<{
	dialogue: Dialogue;
	id: Id;
	offered: ReturnType<typeof offer>;
}>;
type SecretId = AskedFieldId<'secret'>;

/** One answer that is typed, with what it is and where to find it. */
export async function askField(dialogue: Dialogue, id: FieldId): Promise<void> {
	const { say, services } = dialogue;
	const blamed = blamedOf(dialogue.state());
	const offered = offer(id, services);
	const hint = services.practiceHints[id];
	const { question, where, example } = fields[id];
	[
		question,
		whatOf(id, adminNamespaceIn(dialogue.state().found)),
		withoutTab(where),
		`For example: ${example}.`,
		...(hint ? [hint] : []),
		...(blamed?.id === id ? [blamed.problem.title, blamed.problem.evidence ?? ''] : []),
		...(offered ? [offerLine(id, offered)] : []),
	].forEach(say);
	return isSecretField(id) ? askSecretField({ dialogue, id, offered }) : askText({ dialogue, id, offered });
}

/** There is no completion here: a question mark lists what Tab would complete. */
const withoutTab = (text: string): string => text.replace(/ ?Tab [^.]*\./, '').trim();

const offerLine = (id: FieldId, { name, value }: Readonly<{ name: string; value: string }>): string =>
	isSecretField(id) ? `${name} is set: type $ to use its value.` : `${name} is ${value}: type $ to use it.`;

async function askSecretField({ dialogue, id, offered }: Question<SecretId>): Promise<void> {
	const { say, keyboard, dispatch, state } = dialogue;
	let kept = state().draft.secrets[id];
	let doubted: Secret | undefined;
	say('What you type or paste is not shown. Its length is announced afterwards.');
	for (;;) {
		const byEnter =
			kept && kept.length > 0 ? ` Enter keeps the ${kept.length} characters entered before.` : '';
		const typed = await keyboard.read(`${shortNames[id]}, hidden.${byEnter} Type it: `, 'hidden');
		if (typed.equals(new Secret('<'))) {
			return dispatch({ type: 'back' });
		}
		if (typed.equals(new Secret('?'))) {
			[...helpLines(id), ...howTo].forEach(say);
			continue;
		}
		const isOffer = offered !== undefined && typed.equals(new Secret('$'));
		const value = isOffer ? new Secret(offered.value) : typed.length === 0 && kept ? kept : typed;
		const judgement = judge(id, value.reveal());
		if (judgement.kind === 'fine' || (judgement.kind === 'doubtful' && doubted?.equals(value))) {
			say(`Taken: ${value.length} characters.`);
			dispatch({ type: 'typed-secret', field: id, secret: value });
			return dispatch({ type: 'next' });
		}
		say(
			`${judgement.text}${judgement.kind === 'doubtful' ? ' Enter to use it anyway, or type it again.' : ''}`,
		);
		if (judgement.kind === 'doubtful') {
			doubted = value;
			kept = value;
		}
	}
}

async function askText({ dialogue, id, offered }: Question<FieldId>): Promise<void> {
	const { say, keyboard, dispatch, state } = dialogue;
	if (isSecretField(id)) {
		return;
	}
	const { draft, found } = state();
	const before = draft.texts[id] ?? suggestion(id, draft, found.facts);
	const mayBeEmpty = judge(id, '').kind === 'fine' && !isKeyFile(id);
	const meant = new Map([
		['', before],
		...(offered ? [['$', offered.value] as const] : []),
		...(mayBeEmpty ? [['-', ''] as const] : []),
	]);
	const byEnter = enterHint(before, mayBeEmpty);
	for (;;) {
		const typed = (await keyboard.read(`${shortNames[id]}${byEnter}: `, 'shown')).reveal().trim();
		if (typed === '<') {
			return dispatch({ type: 'back' });
		}
		if (typed === '?') {
			[...helpLines(id).map(withoutTab), ...(await namespacesFor(dialogue, id)), ...howTo].forEach(say);
			continue;
		}
		const text = meant.get(typed) ?? typed;
		const judgement = await accept(dialogue, id, text);
		if (judgement.kind === 'fine') {
			dispatch({ type: 'typed', field: id, text });
			return dispatch({ type: 'next' });
		}
		say(judgement.text);
	}
}

function enterHint(before: string, mayBeEmpty: boolean): string {
	if (before === '') {
		return mayBeEmpty ? ' (Enter for none)' : '';
	}
	return ` (Enter for ${before}${mayBeEmpty ? ', a hyphen for none' : ''})`;
}

/** A file is read before it is taken. */
async function accept(
	{ services, keyboard, dispatch, say }: Dialogue,
	id: FieldId,
	text: string,
): Promise<Judgement> {
	if (!isKeyFile(id)) {
		return judge(id, text);
	}
	const read = await keyboard.during(services.readKeyFile(text, id));
	if (read.kind === 'mistake') {
		return { kind: 'wrong', text: read.text };
	}
	if (read.key.exposure) {
		say(`Warning: ${exposureLine(read.key.exposure)}`);
	}
	dispatch({ type: 'typed-secret', field: id, secret: read.key });
	return { kind: 'fine' };
}

/** Those there are on the source, as far as they can be read out. */
async function namespacesFor(
	{ services, keyboard, state }: Dialogue,
	id: FieldId,
): Promise<readonly string[]> {
	const source = chosenContext(state(), 'source');
	if (id !== 'namespace' || source === undefined) {
		return [];
	}
	const names = (await keyboard.during(services.namespaces(source))) ?? [];
	return names.length === 0 || names.length > 40
		? [`There are ${names.length || 'no known'} namespaces on the source.`]
		: [`On the source there are ${names.join(', ')}.`];
}
