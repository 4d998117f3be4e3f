import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { clusterPairVersion } from '../pairing/cluster-pair.ts';
import { isRecord } from '../pairing/json.ts';
import { inputProblem, PairingError } from '../pairing/problem.ts';
import type { ContextEntry, Entry } from './kubeconfig.ts';

/**
 * The object that `storkctl generate clusterpair` prints for a context: its kubeconfig entries with the contents of the files
 * they name, as maps keyed by name. Measured against storkctl 23.5.
 */
export async function builtInClusterPair(
	entry: ContextEntry,
	name: string,
	namespace: string,
): Promise<unknown> {
	const cluster = await inline(entry.cluster, { 'certificate-authority': 'certificate-authority-data' });
	const user = await inline(entry.user, {
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
				clusters: { [entry.clusterName]: cluster },
				contexts: { [entry.name]: context },
				'current-context': entry.name,
				preferences: {},
				users: { [entry.userName]: execAsStorkWritesIt(await inlineToken(entry.user, user)) },
			},
			options: {},
			platformOptions: {},
		},
	};
}

type Fields = Record<string, unknown>;

/** Replaces fields that name a file by fields that hold what is in it, in base64. */
async function inline(entry: Entry | undefined, files: Readonly<Record<string, string>>): Promise<Fields> {
	const fields: Fields = { ...entry?.fields };
	for (const [named, held] of Object.entries(files)) {
		const path = fields[named];
		delete fields[named];
		if (typeof path === 'string' && path !== '' && !fields[held]) {
			fields[held] = (await read(resolve(entry?.folder ?? '', path))).toString('base64');
		}
	}
	return fields;
}

/** A token file wins over a token, as in client-go. */
async function inlineToken(entry: Entry | undefined, { tokenFile, ...fields }: Fields): Promise<Fields> {
	return typeof tokenFile === 'string' && tokenFile !== ''
		? { ...fields, token: (await read(resolve(entry?.folder ?? '', tokenFile))).toString('utf8').trim() }
		: fields;
}

/** Stork's copy of client-go has no tags on some fields of an exec user, so they stand there capitalised. */
function execAsStorkWritesIt(user: Fields): Fields {
	const exec = user.exec;
	if (!isRecord(exec)) {
		return user;
	}
	const { interactiveMode, provideClusterInfo, ...rest } = exec;
	return {
		...user,
		exec: {
			Config: null,
			InteractiveMode: interactiveMode ?? 'IfAvailable',
			StdinUnavailable: false,
			StdinUnavailableMessage: '',
			provideClusterInfo: provideClusterInfo ?? false,
			...rest,
		},
	};
}

async function read(path: string): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
		throw new PairingError(
			inputProblem({
				id: 'kubeconfig-file-unreadable',
				side: 'destination',
				title: 'The destination context names a file that cannot be read',
				evidence: `${path}: ${code}`,
				remedies: ['Mend the kubeconfig, or choose a context that holds its credentials itself.'],
			}),
		);
	}
}
