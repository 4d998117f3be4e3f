import type { Key } from 'ink';
import type { Motion, TextFieldAction } from '../text-field-state.ts';

export type FieldKey =
	| TextFieldAction
	| Readonly<{ type: 'submit' }>
	| Readonly<{ type: 'cancel' }>
	| Readonly<{ type: 'complete' }>
	| Readonly<{ type: 'hint' }>;

/** What a key means to a one-line field, in the spellings that shells have taught. Empty: nothing to the field. */
export function readFieldKey(input: string, key: Key): readonly FieldKey[] {
	if (key.eventType === 'release') return [];
	if (key.escape) return key.meta ? [] : [{ type: 'cancel' }];
	if (key.return) return [{ type: 'submit' }];
	if (key.tab) return key.shift ? [] : [{ type: 'complete' }];
	const motion = motionOf(key);
	if (motion !== undefined) return [{ type: 'move', to: motion }];
	const erased = erasedBy(key);
	if (erased !== undefined) return [{ type: 'erase', to: erased }];
	if (key.ctrl) return shortcut(controlKeys, input);
	if (isAlt(key)) return shortcut(altKeys, input);
	return readText(input);
}

const controlKeys: Readonly<Record<string, FieldKey>> = {
	a: { type: 'move', to: 'start' },
	b: { type: 'move', to: 'left' },
	d: { type: 'erase', to: 'right' },
	e: { type: 'move', to: 'end' },
	f: { type: 'move', to: 'right' },
	k: { type: 'erase', to: 'end' },
	r: { type: 'hint' },
	u: { type: 'erase', to: 'start' },
	w: { type: 'erase', to: 'word-left' },
};

const altKeys: Readonly<Record<string, FieldKey>> = {
	b: { type: 'move', to: 'word-left' },
	d: { type: 'erase', to: 'word-right' },
	f: { type: 'move', to: 'word-right' },
};

function shortcut(keys: Readonly<Record<string, FieldKey>>, input: string): readonly FieldKey[] {
	const found = Object.hasOwn(keys, input) ? keys[input] : undefined;
	return found === undefined ? [] : [found];
}

function motionOf(key: Key): Motion | undefined {
	const byWord = key.ctrl || key.meta;
	if (key.leftArrow) return byWord ? 'word-left' : 'left';
	if (key.rightArrow) return byWord ? 'word-right' : 'right';
	if (key.home) return 'start';
	return key.end ? 'end' : undefined;
}

function erasedBy(key: Key): Motion | undefined {
	const byWord = key.ctrl || key.meta;
	if (key.backspace) return byWord ? 'word-left' : 'left';
	if (key.delete) return byWord ? 'word-right' : 'right';
	return undefined;
}

const isAlt = ({ meta, super: isSuper, hyper }: Key): boolean => meta || isSuper || hyper;

/** Without a paced input Ink passes "text⏎" on as one string, and so with Tab. */
function readText(input: string): readonly FieldKey[] {
	return input
		.split(/(\r\n|[\r\n\t])/)
		.filter(part => part !== '')
		.map(keyOf);
}

function keyOf(part: string): FieldKey {
	if (part === '\t') return { type: 'complete' };
	return /[\r\n]/.test(part) ? { type: 'submit' } : { type: 'insert', text: part };
}
