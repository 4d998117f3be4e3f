import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { loadAll, YAMLException } from 'js-yaml';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import { isRecord } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import { fileTrouble, systemCode } from '../machine/file-error.ts';

/** All contexts of all kubeconfig files. Nothing in the files is ever changed, the current context least of all. */
export type Kubeconfig = Readonly<{
	/** As `KUBECONFIG` would list them, for programs that read the files themselves. */
	files: readonly string[];
	currentContext: string | undefined;
	contexts: readonly ContextEntry[];
}>;

/** One context with all that hangs on it. Fields are as the file has them, unknown ones too. */
export type ContextEntry = Readonly<{
	name: string;
	namespace: string | undefined;
	clusterName: string;
	userName: string;
	/** Without the name and password that an address may carry. */
	server: string | undefined;
	cluster: Entry | undefined;
	user: Entry | undefined;
}>;

/** `folder` is where relative paths inside the entry start. */
export type Entry = Readonly<{ fields: Readonly<Record<string, unknown>>; folder: string }>;

export type KubeconfigSource = Readonly<{
	/** `--kubeconfig` or the answers file: this file alone, and it has to exist. */
	file?: string;
	/** The environment variable `KUBECONFIG`. */
	environment?: string | undefined;
}>;

/**
 * Merges the files as kubectl does: the first to name something wins, missing files of a list are passed over.
 * @throws PairingError when a file cannot be read or is not a kubeconfig, or when none is there at all
 */
export async function loadKubeconfig({ file, environment }: KubeconfigSource): Promise<Kubeconfig> {
	const listed = (environment ?? '').split(delimiter).filter(Boolean);
	const standard = join(homedir(), '.kube', 'config');
	const files = file ? [resolveHome(file)] : listed.length > 0 ? listed.map(resolveHome) : [standard];
	const parts = await Promise.all(files.map(path => readPart(path, file !== undefined)));
	const found = parts.filter(part => part !== undefined);
	if (found.length === 0) {
		throw new PairingError(
			inputProblem({
				id: 'kubeconfig-missing',
				title: 'There is no kubeconfig',
				evidence: `looked for ${files.join(', ')}`,
				remedies: [
					'Name the file with --kubeconfig, or set KUBECONFIG.',
					'To try pxpair without any cluster, add --practice.',
				],
			}),
		);
	}
	return merge(found);
}

/** @throws PairingError that lists the contexts there are */
export function findContext(kubeconfig: Kubeconfig, name: string, side?: Side): ContextEntry {
	const entry = kubeconfig.contexts.find(context => context.name === name);
	if (!entry) {
		const names = kubeconfig.contexts.map(context => context.name);
		throw new PairingError(
			inputProblem({
				id: 'context-unknown',
				...(side && { side }),
				title: `There is no context ${JSON.stringify(name)}${side ? ` for the ${side}` : ''}${didYouMean(name, names)}`,
				evidence: `the contexts of ${kubeconfig.files.join(', ')} are: ${listSome(names)}`,
				remedies: ['Name one of these, or another kubeconfig file.'],
			}),
		);
	}
	if (!entry.server || !/^https?:\/\/[^\s\\]{1,2048}$/i.test(entry.server) || !URL.canParse(entry.server)) {
		throw new PairingError(
			inputProblem({
				id: 'context-incomplete',
				...(side && { side }),
				title: `The context ${JSON.stringify(name)}${side ? ` of the ${side}` : ''} leads to no server`,
				evidence: `its cluster ${JSON.stringify(entry.clusterName)} ${whatServer(entry)}`,
				remedies: ['Mend the kubeconfig (kubectl config set-cluster), or choose another context.'],
			}),
		);
	}
	return entry;
}

function whatServer({ cluster, server }: ContextEntry): string {
	if (!cluster) {
		return 'is not in the kubeconfig';
	}
	return server ? `has the server ${server}, which is no https:// address` : 'has no server';
}

type Part = Readonly<{
	file: string;
	current: string | undefined;
	clusters: ReadonlyMap<string, Entry>;
	users: ReadonlyMap<string, Entry>;
	contexts: ReadonlyMap<string, Entry>;
}>;

async function readPart(file: string, required: boolean): Promise<Part | undefined> {
	const text = await readText(file, required);
	if (text === undefined) {
		return undefined;
	}
	const root = parse(text, file);
	const folder = dirname(resolve(file));
	return {
		file,
		current: textOf(root['current-context']),
		clusters: entries(root.clusters, 'cluster', folder),
		users: entries(root.users, 'user', folder),
		contexts: entries(root.contexts, 'context', folder),
	};
}

async function readText(file: string, required: boolean): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if (!required && systemCode(error) === 'ENOENT') {
			return undefined;
		}
		throw new PairingError(
			inputProblem({
				id: 'kubeconfig-unreadable',
				title: `The kubeconfig ${file} can't be read`,
				evidence: fileTrouble(error),
				remedies: ['Check the path and its permissions.'],
			}),
		);
	}
}

/** An empty file is an empty kubeconfig, as for kubectl. */
function parse(text: string, file: string): Record<string, unknown> {
	const read = documents(text);
	const root = 'found' in read ? (read.found[0] ?? {}) : undefined;
	if (!isRecord(root) || (root.kind !== undefined && root.kind !== 'Config')) {
		throw new PairingError(
			inputProblem({
				id: 'kubeconfig-invalid',
				title: `${file} is not a kubeconfig`,
				evidence: 'found' in read ? 'it is not of kind Config' : `not YAML: ${read.where}`,
				remedies: ['Name another file with --kubeconfig or KUBECONFIG.'],
			}),
		);
	}
	return root;
}

/**
 * This parser comes with client-node, and is ready in a fifth of the time that the other one takes, which knows the place of
 * every field. What it says of a mistake quotes the file, so only the line is told.
 */
function documents(text: string): Readonly<{ found: readonly unknown[] } | { where: string }> {
	try {
		// A key that stands twice: the last one counts, as for kubectl.
		const found = loadAll(text, { json: true, maxAliases: 20 });
		return found.length > 1 ? { where: 'more than one document' } : { found };
	} catch (error) {
		const line = error instanceof YAMLException ? error.mark?.line : undefined;
		return { where: line === undefined ? 'it breaks off' : `line ${line + 1}` };
	}
}

function merge(parts: readonly Part[]): Kubeconfig {
	const first = (pick: (part: Part) => ReadonlyMap<string, Entry>) =>
		new Map(parts.toReversed().flatMap(part => [...pick(part)]));
	const clusters = first(part => part.clusters);
	const users = first(part => part.users);
	// Map order would put the last file first.
	const names = [...new Set(parts.flatMap(part => [...part.contexts.keys()]))];
	const contexts = first(part => part.contexts);
	return {
		files: parts.map(part => part.file),
		currentContext: parts.find(part => part.current)?.current,
		contexts: names.map(name => contextEntry(name, contexts.get(name)?.fields ?? {}, clusters, users)),
	};
}

function contextEntry(
	name: string,
	fields: Readonly<Record<string, unknown>>,
	clusters: ReadonlyMap<string, Entry>,
	users: ReadonlyMap<string, Entry>,
): ContextEntry {
	const clusterName = textOf(fields.cluster) ?? '';
	const userName = textOf(fields.user) ?? '';
	const cluster = clusters.get(clusterName);
	return {
		name,
		clusterName,
		userName,
		namespace: textOf(fields.namespace),
		server: withoutLogin(textOf(cluster?.fields.server)),
		cluster,
		user: users.get(userName),
	};
}

/** The name and password that an address may carry; of what is no address, all that may be one. */
export function withoutLogin(server: string | undefined): string | undefined {
	if (!server?.includes('@')) {
		return server;
	}
	const url = URL.parse(server);
	return url && /^https?:$/.test(url.protocol)
		? `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`
		: `…${server.slice(server.lastIndexOf('@'))}`;
}

/** Within one file, too, the first of a name wins. */
function entries(list: unknown, key: string, folder: string): Map<string, Entry> {
	const named = new Map<string, Entry>();
	for (const item of Array.isArray(list) ? list : []) {
		const name = isRecord(item) ? textOf(item.name) : undefined;
		if (isRecord(item) && name !== undefined && !named.has(name)) {
			named.set(name, { fields: isRecord(item[key]) ? item[key] : {}, folder });
		}
	}
	return named;
}

const resolveHome = (path: string): string =>
	path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(path);

const listSome = (names: readonly string[]): string =>
	names.length === 0
		? 'none'
		: `${names.slice(0, 12).join(', ')}${names.length > 12 ? `, and ${names.length - 12} more` : ''}`;

/** Names and addresses have no control characters: what has some would move the cursor wherever it is shown. */
const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)
		? value
		: typeof value === 'number'
			? String(value)
			: undefined;
