import { Left, openKeyboard } from '../../dialogue/keyboard.ts';
import { doubtAbout, storeField } from '../../pairing/answers/store-fields.ts';
import { inputError, type PairingError } from '../../pairing/words/problem.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { PacedStdin } from '../../ui/keys/paced-stdin.ts';
import { type Host, printer } from '../line/host.ts';

/** What a secret is for, told before it is asked for. */
export type SecretRequest = Readonly<{
	/** `s3.secretAccessKey` */
	id: string;
	/** Which run and which clusters. */
	about: string;
	/** Why it has to be asked for. */
	because: string;
}>;

/**
 * One secret, typed or pasted on the terminal in the words and with the editor of the conversation in lines: nothing of it is
 * echoed, and its length is told. @throws PairingError when the person leaves, or the process is told to end
 */
export async function askSecret(host: Host, { id, about, because }: SecretRequest): Promise<Secret> {
	const say = printer(host.err);
	const entry = storeField(id);
	const { question, short } = (entry?.kind === 'secret' && entry.field.ask) || {
		question: `What is ${id}?`,
		short: id,
	};
	const stdin = new PacedStdin(host.stdin);
	const hasPastes = host.isTerminal && host.environment.TERM !== 'dumb';
	// Raw before a word is said: what is typed too early is not echoed either.
	stdin.setRawMode(true);
	host.stdout.write(hasPastes ? '\u001B[?2004h' : '');
	try {
		const keyboard = openKeyboard(stdin, host.err, host.stop);
		say(`${question} For ${about}.`);
		say(`${because}. What you type or paste is not shown.`);
		const read = async () => new Secret((await keyboard.read(`${short}: `, 'hidden')).reveal().trim());
		const value = await untilTaken(read, typed => entry && doubtAbout(entry, typed), say);
		say(`Taken: ${value.length} characters.`);
		return value;
	} catch (error) {
		throw error instanceof Left ? stopped() : error;
	} finally {
		host.stdout.write(hasPastes ? '\u001B[?2004l' : '');
		stdin.setRawMode(false);
	}
}

/** What is doubted is taken when it is typed a second time. */
async function untilTaken(
	read: () => Promise<Secret>,
	doubtsAbout: (typed: Secret) => string | undefined,
	say: (line: string) => void,
): Promise<Secret> {
	let doubted: Secret | undefined;
	for (;;) {
		const typed = await read();
		if (typed.length === 0) {
			say('Required: paste or type it.');
			continue;
		}
		const doubts = doubtsAbout(typed);
		if (!doubts || doubted?.equals(typed)) {
			return typed;
		}
		doubted = typed;
		say(`${doubts} Type it again to use it anyway.`);
	}
}

const stopped = (): PairingError =>
	inputError({
		id: 'secret-missing',
		title: 'Stopped before all secrets were given',
		remedies: ['Run it again, or give them as environment variables.'],
	});
