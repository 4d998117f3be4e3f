import { resolve } from 'node:path';
import { clusterPairVersion } from '../../pairing/cluster-pair/cluster-pair.ts';
import { isRecord } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { fileTrouble } from '../machine/file-error.ts';
import { readBoundedBytes } from '../machine/read-bounded-file.ts';
import type { ContextEntry, Entry } from './kubeconfig.ts';

/**
 * The object that `storkctl generate clusterpair` prints for a context: its kubeconfig entries with the contents of the files
 * they name, as maps keyed by name. Measured against storkctl 23.5. Stork writes what it has read back into the object, so
 * what it does not know would be missing there, and the pair differ for ever: only its own fields go in, under its names.
 */
export async function builtInClusterPair(
	side: Side,
	entry: ContextEntry,
	name: string,
	namespace: string,
): Promise<unknown> {
	const cluster = await inline(side, entry.cluster, {
		'certificate-authority': 'certificate-authority-data',
	});
	const user = await inline(side, entry.user, {
		'client-certificate': 'client-certificate-data',
		'client-key': 'client-key-data',
	});
	const context = {
		cluster: entry.clusterName,
		user: entry.userName,
		...(entry.namespace && { namespace: entry.namespace }),
	};
	return {
		apiVersion: clusterPairVersion,
		kind: 'ClusterPair',
		metadata: { name, namespace },
		spec: {
			config: {
				clusters: { [entry.clusterName]: asStorkWrites(cluster, clusterFields) },
				contexts: { [entry.name]: context },
				'current-context': entry.name,
				preferences: {},
				users: {
					[entry.userName]: execAsStorkWritesIt(
						asStorkWrites(await inlineToken(side, entry.user, user), userFields),
					),
				},
			},
			options: {},
			platformOptions: {},
		},
	};
}

/**
 * What Stork knows, and what it is called there: the JSON names of client-go's own types, which are not those of a kubeconfig
 * (k8s.io/client-go/tools/clientcmd/api/types.go).
 */
const clusterFields: Readonly<Record<string, string>> = {
	server: 'server',
	'tls-server-name': 'tls-server-name',
	'insecure-skip-tls-verify': 'insecure-skip-tls-verify',
	'certificate-authority-data': 'certificate-authority-data',
	'proxy-url': 'proxy-url',
	'disable-compression': 'disable-compression',
};

const userFields: Readonly<Record<string, string>> = {
	'client-certificate-data': 'client-certificate-data',
	'client-key-data': 'client-key-data',
	token: 'token',
	as: 'act-as',
	'as-uid': 'act-as-uid',
	'as-groups': 'act-as-groups',
	'as-user-extra': 'act-as-user-extra',
	username: 'username',
	password: 'password',
	'auth-provider': 'auth-provider',
	exec: 'exec',
};

const execFields: Readonly<Record<string, string>> = {
	command: 'command',
	args: 'args',
	env: 'env',
	apiVersion: 'apiVersion',
	installHint: 'installHint',
};

/** Go leaves out what is empty or false. */
const asStorkWrites = (fields: Fields, names: Readonly<Record<string, string>>): Fields =>
	Object.fromEntries(
		Object.entries(names)
			.filter(([name]) => !isEmpty(fields[name]))
			.map(([name, written]) => [written, fields[name]]),
	);

const isEmpty = (value: unknown): boolean =>
	!value || (typeof value === 'object' && Object.keys(value).length === 0);

type Fields = Record<string, unknown>;

/** Replaces fields that name a file by fields that hold what is in it, in base64. */
async function inline(
	side: Side,
	entry: Entry | undefined,
	files: Readonly<Record<string, string>>,
): Promise<Fields> {
	const fields: Fields = { ...entry?.fields };
	for (const [named, held] of Object.entries(files)) {
		const path = fields[named];
		delete fields[named];
		if (typeof path === 'string' && path !== '' && !fields[held]) {
			fields[held] = (await read(side, resolve(entry?.folder ?? '', path))).toString('base64');
		}
	}
	return fields;
}

/** A token file wins over a token, as in client-go. */
async function inlineToken(
	side: Side,
	entry: Entry | undefined,
	{ tokenFile, ...fields }: Fields,
): Promise<Fields> {
	return typeof tokenFile === 'string' && tokenFile !== ''
		? {
				...fields,
				token: (await read(side, resolve(entry?.folder ?? '', tokenFile))).toString('utf8').trim(),
			}
		: fields;
}

/** Stork's copy of client-go has no tags on some fields of an exec user, so they stand there capitalised. */
function execAsStorkWritesIt(user: Fields): Fields {
	const exec = user.exec;
	if (!isRecord(exec)) {
		return user;
	}
	const { interactiveMode, provideClusterInfo } = exec;
	return {
		...user,
		exec: {
			Config: null,
			InteractiveMode: interactiveMode ?? 'IfAvailable',
			StdinUnavailable: false,
			StdinUnavailableMessage: '',
			provideClusterInfo: provideClusterInfo ?? false,
			...asStorkWrites(exec, execFields),
		},
	};
}

async function read(side: Side, path: string): Promise<Buffer> {
	try {
		return await readBoundedBytes(path);
	} catch (error) {
		refuse({
			id: 'kubeconfig-file-unreadable',
			side,
			title: `The context of the ${side} names a file that can't be read`,
			evidence: `${path}: ${fileTrouble(error)}`,
			remedies: ['Fix the kubeconfig, or choose a context with embedded credentials.'],
		});
	}
}
