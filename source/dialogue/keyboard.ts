import type { Secret } from '../pairing/words/secret.ts';
import { interruptKey, isText } from '../ui/keys/key-splitter.ts';
import { displayWidth } from '../ui/text/display-width.ts';
import { type TextFieldState, textField, textFieldReducer } from '../ui/text-field-state.ts';

/** Thrown out of whatever was asked: the person leaves, or the process is asked to end. */
export class Left extends Error {
	override readonly name = 'Left';
}

export type Keyboard = Readonly<{
	/**
	 * One line. Hidden: nothing at all is echoed, for a screen reader says each character that appears, and forty dots are
	 * no help. @throws Left
	 */
	read(prompt: string, how: 'shown' | 'hidden'): Promise<Secret>;
	/** Waits for work. What is typed meanwhile is kept for the next question. @throws Left */
	during<T>(work: Promise<T>): Promise<T>;
	/** All keys go there, and answer no question, until the function that it returns is called. */
	watch(take: (key: string) => void): () => void;
}>;

type Keys = AsyncIterable<string>;

/** Lines of a terminal in raw mode: it echoes nothing by itself, so no secret shows that is typed too early. */
export function openKeyboard(keys: Keys, out: (text: string) => void, stop: AbortSignal): Keyboard {
	const waiting: string[] = [];
	let listener: ((key: string) => void) | undefined;
	const listen = (take: ((key: string) => void) | undefined): void => {
		listener = take;
		while (listener && waiting.length > 0) listener(waiting.shift() ?? '');
	};
	const take = (key: string): void => {
		if (listener) listener(key);
		else waiting.push(key);
	};
	void (async () => {
		for await (const key of keys) take(key);
		take(endOfInput);
	})();

	/** Ends with what it waits for, or with Left: whichever comes first. */
	async function untilLeft<T>(
		begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
	): Promise<T> {
		let leave: (() => void) | undefined;
		try {
			return await new Promise<T>((resolve, reject) => {
				leave = () => reject(new Left());
				stop.addEventListener('abort', leave);
				if (stop.aborted) leave();
				else begin(resolve, reject);
			});
		} finally {
			if (leave) stop.removeEventListener('abort', leave);
			listen(undefined);
		}
	}

	return {
		read: (prompt, how) =>
			untilLeft((resolve, reject) => {
				let field = textField();
				let isWarned = false;
				out(prompt);
				listen(key => {
					if (key === interruptKey && !isWarned) {
						isWarned = true;
						out(`\nPress Ctrl-C again to quit.\n${prompt}${how === 'shown' ? field.text.reveal() : ''}`);
						return;
					}
					isWarned = false;
					if (key === '\r' || leaves(key, field)) {
						listener = undefined;
						out('\n');
						if (key === '\r') resolve(field.text);
						else reject(new Left());
						return;
					}
					const { notice, ...next } = fieldAfter(field, key);
					if (how === 'shown') out(echo(field.text.reveal(), next.text.reveal(), prompt));
					if (notice) {
						out(`\n${notice.text}\n${prompt}${how === 'shown' ? next.text.reveal() : ''}`);
					}
					field = next;
				});
			}),
		async during(work) {
			const kept: string[] = [];
			try {
				return await untilLeft((resolve, reject) => {
					listen(key => {
						if (isLeaving(key)) reject(new Left());
						else kept.push(key);
					});
					work.then(resolve, reject);
				});
			} finally {
				waiting.unshift(...kept);
			}
		},
		watch(takeAll) {
			listen(takeAll);
			return () => listen(undefined);
		},
	};
}

const endOfInput = '';
const endKey = '\u0004';
const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';

export const isLeaving = (key: string): boolean => key === interruptKey || key === endOfInput;

const leaves = (key: string, field: TextFieldState): boolean =>
	isLeaving(key) || (key === endKey && field.text.length === 0);

function fieldAfter(field: TextFieldState, key: string): TextFieldState {
	if (key.startsWith(pasteStart)) {
		return textFieldReducer(field, { type: 'paste', text: key.slice(pasteStart.length, -pasteEnd.length) });
	}
	switch (key) {
		case '\u007F':
		case '\b':
			return textFieldReducer(field, { type: 'erase', to: 'left' });
		case '\u0015':
			return textFieldReducer(field, { type: 'erase', to: 'start' });
		case '\u0017':
			return textFieldReducer(field, { type: 'erase', to: 'word-left' });
		default:
			return isText(key) ? textFieldReducer(field, { type: 'insert', text: key }) : { ...field };
	}
}

/** What was added is written after what is there; one character less is erased as any terminal does it. */
function echo(before: string, after: string, prompt: string): string {
	if (after.startsWith(before)) {
		return after.slice(before.length);
	}
	const gone = displayWidth(before.slice(after.length));
	return gone <= 2 ? '\b \b'.repeat(gone) : `\n${prompt}${after}`;
}
