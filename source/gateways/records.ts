import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Answers } from '../pairing/answers.ts';
import { type Plan, stepsOf } from '../pairing/step.ts';
import type { RunEvent } from '../runner/run-event.ts';
import { systemCode } from './file-error.ts';

export const recordSchema = 'pxpair.record/v1';

/** What a run tells while it goes, kept on disk. Holds no secret, no token and no kubeconfig content. */
export type RunRecord = Readonly<{
	id: string;
	path: string;
	add(event: RunEvent): void;
	/** Resolves when all that was added is on disk. @returns why it could not be kept, if so */
	flush(): Promise<string | undefined>;
}>;

export type RecordSubject = Readonly<{
	version: string;
	practice: boolean;
	answers: Answers;
	plan: Plan;
	environment: Readonly<Record<string, string | undefined>>;
}>;

/** Opens the record of a new run. A disk that does not take it never stops the run: `flush` says so. */
export function openRecord(subject: RecordSubject): RunRecord {
	const folder = join(stateFolder(subject.environment), 'runs');
	const startedAt = new Date().toISOString();
	const id = `${startedAt.slice(0, 19).replaceAll(':', '-')}-${randomBytes(3).toString('hex')}`;
	const path = join(folder, `${id}.json`);
	const events: RunEvent[] = [];
	let written: Promise<string | undefined> = Promise.resolve(undefined);

	const write = () => {
		const text = JSON.stringify({ ...headOf(subject, id, startedAt), events }, undefined, '\t');
		written = written.then(() => replaceFile(folder, path, text));
	};
	write();
	return {
		id,
		path,
		add(event) {
			// Signs of life are for the moment, not for later.
			if (event.type !== 'step-waiting') {
				events.push(event);
				write();
			}
		},
		flush: () => written,
	};
}

/** Secrets print as dots in JSON; what is written here is listed by hand all the same. */
function headOf({ version, practice, answers, plan }: RecordSubject, id: string, startedAt: string) {
	const { source, destination, location, objectStore, pair, existing } = answers;
	return {
		schema: recordSchema,
		id,
		startedAt,
		version,
		practice,
		answers: { source, destination, location, objectStore, pair, existing },
		plan: {
			title: plan.title,
			steps: stepsOf(plan).map(({ id: step, on, title, change }) => ({
				id: step,
				on,
				title: title.plan,
				changes: change?.makes ?? null,
			})),
		},
	};
}

/** A reader never finds half a record: it is written beside and put in place whole. */
async function replaceFile(folder: string, path: string, text: string): Promise<string | undefined> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		await writeFile(`${path}.new`, `${text}\n`, { mode: 0o600 });
		await rename(`${path}.new`, path);
		return undefined;
	} catch (error) {
		const code = systemCode(error) ?? 'unwritable';
		return `${path}: ${code}`;
	}
}

function stateFolder(environment: RecordSubject['environment']): string {
	const { XDG_STATE_HOME, LOCALAPPDATA } = environment;
	// Relative XDG paths are invalid by its specification.
	const base = XDG_STATE_HOME?.startsWith('/')
		? XDG_STATE_HOME
		: (LOCALAPPDATA ?? join(homedir(), '.local', 'state'));
	return join(base, 'pxpair');
}
