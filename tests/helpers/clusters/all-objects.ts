import { Agent, get } from 'node:https';
import { json } from 'node:stream/consumers';
import type { KubeObject } from '../../../source/practice/contract.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { resources } from '../../../source/practice/resources.ts';

/**
 * All objects of all kinds that the API server lists, and what `pxctl credentials list` and `pxctl cluster pair list` have, each as a line.
 * Whole, with UIDs: one that was deleted and created again is another one. Events tell of the past, and Stork
 * may write its status at any time.
 */
export async function allObjects(cluster: PracticeCluster): Promise<readonly string[]> {
	const groups = (await read(cluster, '/apis')).groups as readonly Group[];
	const paths = ['/api/v1', ...groups.map(group => `/apis/${group.preferredVersion.groupVersion}`)];
	const found = await Promise.all(paths.map(path => inGroup(cluster, path)));
	return [
		...found.flat(),
		...cluster.credentials().map(credential => `credential ${JSON.stringify(credential)}`),
		...cluster.pairs().map(pair => `Portworx pair ${JSON.stringify(pair)}`),
	].map(line => `${cluster.name} ${line}`);
}

type Group = Readonly<{ preferredVersion: Readonly<{ groupVersion: string }> }>;
type Kind = Readonly<{ name: string; verbs: readonly string[] }>;

async function inGroup(cluster: PracticeCluster, path: string): Promise<readonly string[]> {
	const kinds = ((await read(cluster, path)).resources as readonly Kind[]).filter(
		({ name, verbs }) => verbs.includes('list') && !name.includes('/') && name !== 'events',
	);
	const found = await Promise.all(kinds.map(({ name }) => ofKind(cluster, path, name)));
	return found.flat();
}

async function ofKind(cluster: PracticeCluster, path: string, name: string): Promise<readonly string[]> {
	const { items } = await read(cluster, `${path}/${name}`);
	// What not even the administrator may list is there anyway.
	const listed = (items ?? stored(cluster, name)) as readonly KubeObject[];
	return listed.map(object => `${name} ${JSON.stringify(withoutTraffic(object))}`);
}

const stored = ({ store }: PracticeCluster, name: string): readonly KubeObject[] =>
	Object.values(resources)
		.filter(({ plural }) => plural === name)
		.flatMap(resource => store.list(resource));

function withoutTraffic({ apiVersion: _a, kind: _k, status, metadata, ...object }: KubeObject): object {
	const { resourceVersion: _v, managedFields: _m, ...rest } = metadata;
	const isStorks = 'spec' in object && 'config' in (object.spec as object);
	return { ...object, metadata: rest, ...(!isStorks && { status }) };
}

async function read(cluster: PracticeCluster, path: string, tries = 20): Promise<Answer> {
	try {
		return await readOnce(cluster, path);
	} catch (error) {
		// One scenario drops connections a dozen times, anyone who asks.
		if (tries > 1) return read(cluster, path, tries - 1);
		throw error;
	}
}

type Answer = Readonly<Record<string, unknown>>;

/** One handshake for all that is asked at a time. */
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

function readOnce({ url, caPem, token }: PracticeCluster, path: string): Promise<Answer> {
	const { promise, resolve, reject } = Promise.withResolvers<Answer>();
	const options = { agent, ca: caPem, headers: { authorization: `Bearer ${token}` }, timeout: 30_000 };
	const asked = get(`${url}${path}`, options, response => {
		// An API whose own server is down, as one scenario has it, holds nothing that could be read.
		if (response.statusCode === 503) {
			response.resume();
			resolve({ resources: [], items: [] });
			return;
		}
		json(response).then(body => resolve(body as Answer), reject);
	});
	asked.on('error', reject).on('timeout', () => asked.destroy(new Error(`${path}: no answer`)));
	return promise;
}
