import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets by what they are called in messages; each occurs nowhere else in the world. */
export type Canaries = Readonly<Record<string, string>>;

export type StoreCanaries = Readonly<{
	accessKeyId: string;
	secretAccessKey: string;
	accountKey: string;
	/** The whole Google key file. */
	jsonKey: string;
	all: Canaries;
}>;

/** One of each secret that a person gives, with the characters that shells, URLs and JSON stumble over. */
export function storeCanaries(): StoreCanaries {
	const unique = (name: string) => `canary-${name}-${randomBytes(9).toString('hex')}`;
	const accessKeyId = `${unique('id')}+/=`;
	const secretAccessKey = `${unique('secret')}/+=$HOME"'\`&%41 \\n;#*~é`;
	const accountKey = `${unique('account')}//++==`;
	// One that signs: what is made with it is sent to the store before it is kept.
	const pem = String(
		generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
	);
	const privateKey = pem.split('\n')[3] ?? '';
	const jsonKey = JSON.stringify(
		{
			type: 'service_account',
			project_id: 'my-project',
			private_key_id: unique('keyid'),
			private_key: pem,
			client_email: 'pairing@my-project.example',
		},
		undefined,
		2,
	);
	const all = { accessKeyId, secretAccessKey, accountKey, privateKey, jsonKey };
	return { accessKeyId, secretAccessKey, accountKey, jsonKey, all };
}

/** The names of the canaries that a text holds: as they are, or as something on the way may have written them. */
export function canariesIn(text: string, canaries: Canaries): string[] {
	const plain = withoutSequences(text);
	return Object.entries(canaries)
		.filter(([, value]) => tracesOf(value).some(trace => text.includes(trace) || plain.includes(trace)))
		.map(([name]) => name);
}

/** What is left of colors between letters hides from a search, not from an eye. */
const withoutSequences = (text: string): string => text.replaceAll(/ ?\[[\d;]*m/g, '');

/**
 * `file: canary` for every file below the folder that holds one.
 * @param since milliseconds since 1970; files that were not written after it are left out
 */
export async function canariesInFiles(folder: string, canaries: Canaries, since = 0): Promise<string[]> {
	const found = await Promise.all(
		(await filesBelow(folder)).map(async file => {
			const text = await textOf(join(folder, file), since);
			return canariesIn(text, canaries).map(name => `${file}: ${name}`);
		}),
	);
	return found.flat();
}

async function textOf(path: string, since: number): Promise<string> {
	if (since === 0) {
		return readFile(path, 'latin1');
	}
	// Of a folder that others write to as well, a file may be gone by now.
	const isNew = await stat(path).then(
		({ mtimeMs }) => mtimeMs >= since,
		() => false,
	);
	return isNew ? readFile(path, 'latin1').catch(() => '') : '';
}

/** Paths below the folder of everything that is not a folder. */
export async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter(entry => !entry.isDirectory())
		.map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

const known = new Map<string, readonly string[]>();

function tracesOf(value: string): readonly string[] {
	const traces = known.get(value) ?? makeTraces(value);
	known.set(value, traces);
	return traces;
}

function makeTraces(value: string): string[] {
	const bytes = Buffer.from(value);
	return [
		value,
		// However the rest was quoted, what makes it unique stays.
		...(/[0-9a-f]{18}/.exec(value) ?? []),
		// A file is searched byte by byte.
		bytes.toString('latin1'),
		JSON.stringify(value).slice(1, -1),
		encodeURIComponent(value),
		new URLSearchParams([['', value]]).toString().slice(1),
		value.replaceAll("'", String.raw`'\''`),
		bytes.toString('hex'),
		...base64Traces(bytes),
	];
}

/** In base64, what surrounds a text shifts it by up to two bytes and changes its first and last letters. */
function base64Traces(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap(shift => {
		const text = Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const inner = text.slice(shift === 0 ? 0 : shift + 1, -2);
		return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
	});
}
