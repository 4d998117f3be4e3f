import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { shell } from '../../pairing/words/command.ts';
import { listed } from '../../pairing/words/counted.ts';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import { textIn } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { command, startWith } from '../../pairing/words/way.ts';
import { fileTrouble, systemCode } from '../machine/file-error.ts';
import { readBoundedBytes } from '../machine/read-bounded-file.ts';
import { serverUrl } from './kubeconfig/address.ts';
import { type Decoded, decode } from './kubeconfig/decode.ts';
import { KubeconfigFault } from './kubeconfig/fault.ts';
import { firstDocument } from './kubeconfig/yaml.ts';

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
	const files = kubeconfigPaths({ ...(file && { file }), environment });
	const parts = await Promise.all(files.map(path => readPart(path, file !== undefined)));
	const found = parts.filter(part => part !== undefined);
	if (found.length === 0) {
		refuse({
			id: 'kubeconfig-missing',
			title: 'No kubeconfig found',
			evidence: `looked for ${files.join(', ')}`,
			remedies: [anotherFile, startWith('To try pxpair without any cluster', '--practice')],
		});
	}
	return merge(found);
}

/** Whole paths of all files that would be read, whether or not they exist: a relative one means another file in another folder. */
export function kubeconfigPaths({ file, environment }: KubeconfigSource): readonly string[] {
	const standard = join(homedir(), '.kube', 'config');
	const listed = environment ? environment.split(delimiter).filter(Boolean) : [standard];
	// Of what is typed, a shell takes the tilde; in KUBECONFIG it is a folder of that name.
	return [...new Set(file ? [resolveHome(file)] : listed.map(path => resolve(path)))];
}

/** As `KUBECONFIG` lists them, as far as they still exist; undefined when none does. */
export function listingOf(paths: readonly string[]): string | undefined {
	const found = paths.filter(path => existsSync(path));
	return found.length === 0 ? undefined : found.join(delimiter);
}
const anotherFile = startWith('Name the file', '--kubeconfig FILE', 'KUBECONFIG');

/** @throws PairingError that lists the contexts there are */
export function findContext(kubeconfig: Kubeconfig, name: string, side?: Side): ContextEntry {
	const entry = kubeconfig.contexts.find(context => context.name === name);
	if (!entry) {
		const names = kubeconfig.contexts.map(context => context.name);
		refuse({
			id: 'context-unknown',
			...(side && { side }),
			title: `There is no context ${JSON.stringify(name)}${side ? ` for the ${side}` : ''}${didYouMean(name, names)}`,
			evidence: `the contexts of ${kubeconfig.files.join(', ')} are: ${listSome(names)}`,
			remedies: ['Name one of these, or another kubeconfig file.'],
		});
	}
	if (!serverUrl(textIn(entry.cluster?.fields.server))) {
		refuse({
			id: 'context-incomplete',
			...(side && { side }),
			title: `The context ${JSON.stringify(name)}${side ? ` of the ${side}` : ''} has no server`,
			evidence: `its cluster ${JSON.stringify(entry.clusterName)} ${whatServer(entry)}`,
			remedies: ['Fix the kubeconfig (kubectl config set-cluster), or choose another context.'],
		});
	}
	return entry;
}

function whatServer({ cluster, server }: ContextEntry): string {
	if (!cluster) {
		return 'is not in the kubeconfig';
	}
	return server ? `has the server ${server}, which is not an https:// address` : 'has no server';
}

type Part = Decoded & Readonly<{ file: string }>;

async function readPart(file: string, required: boolean): Promise<Part | undefined> {
	const bytes = await readBytes(file, required);
	return bytes === undefined ? undefined : { file, ...parse(bytes, file) };
}

async function readBytes(file: string, required: boolean): Promise<Buffer | undefined> {
	try {
		return await readBoundedBytes(file);
	} catch (error) {
		if (!required && systemCode(error) === 'ENOENT') {
			return undefined;
		}
		refuse({
			id: 'kubeconfig-unreadable',
			title: `The kubeconfig ${file} can't be read`,
			evidence: fileTrouble(error),
			remedies: ['Check the path and its permissions.'],
		});
	}
}

function parse(bytes: Buffer, file: string): Decoded {
	try {
		return decode(firstDocument(bytes));
	} catch (error) {
		if (!(error instanceof KubeconfigFault)) {
			throw error;
		}
		refuse({
			id: 'kubeconfig-invalid',
			title: `${file} is not a kubeconfig that kubectl accepts`,
			evidence: error.message,
			remedies: [
				command('Fix the file until this accepts it', shell`kubectl --kubeconfig ${file} config view`),
				anotherFile,
			],
		});
	}
}

/** Whole entries by name: the first file to have one wins, and nothing is added to it (client-go loader.go). */
function merge(parts: readonly Part[]): Kubeconfig {
	const first = (pick: (part: Part) => Decoded['clusters']) =>
		new Map(
			parts.toReversed().flatMap(part => {
				const folder = dirname(resolve(part.file));
				return [...pick(part)].map(([name, fields]): [string, Entry] => [name, { fields, folder }]);
			}),
		);
	const clusters = first(part => part.clusters);
	const users = first(part => part.users);
	const contexts = first(part => part.contexts);
	// Map order would put the last file first.
	const names = [...new Set(parts.flatMap(part => [...part.contexts.keys()]))];
	return {
		files: parts.map(part => part.file),
		currentContext: nameOf(parts.find(part => part.current)?.current),
		contexts: names
			.filter(name => nameOf(name) !== undefined)
			.map(name => contextEntry(name, contexts.get(name)?.fields ?? {}, clusters, users)),
	};
}

function contextEntry(
	name: string,
	fields: Readonly<Record<string, unknown>>,
	clusters: ReadonlyMap<string, Entry>,
	users: ReadonlyMap<string, Entry>,
): ContextEntry {
	const clusterName = nameOf(fields.cluster) ?? '';
	const userName = nameOf(fields.user) ?? '';
	const cluster = clusters.get(clusterName);
	return {
		name,
		clusterName,
		userName,
		namespace: nameOf(fields.namespace),
		server: addressIn(nameOf(cluster?.fields.server)),
		cluster,
		user: users.get(userName),
	};
}

/** Written out, where it leaves something out. */
function addressIn(server: string | undefined): string | undefined {
	const url = serverUrl(server ?? '');
	return withoutLogin(url && !/^https?:/i.test(server ?? '') ? url.href : server);
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

const resolveHome = (path: string): string =>
	path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(path);

const listSome = (names: readonly string[]): string => (names.length === 0 ? 'none' : listed(names, 12));

/** Names and addresses have no control characters: what has some would move the cursor wherever it is shown. */
const nameOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) ? value : undefined;
