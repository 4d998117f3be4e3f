import type { Tenant } from '../../pairing/clusters/ports.ts';
import { asRecord, textIn } from '../../pairing/words/json.ts';
import { PairingError } from '../../pairing/words/problem.ts';

/** The body of a successful GET. @throws PairingError */
type Read = (path: string) => Promise<unknown>;

/** Of each kind, a few are enough to say what a namespace holds. */
const fewOfEach = 20;

/**
 * What keeps a namespace from being empty, as `kind/name`. Every namespaced kind that the API server lists is asked for, custom
 * resources included; a kind or a group that can't be read counts as something that may be there.
 */
export async function tenantsOf(namespace: string, read: Read): Promise<readonly Tenant[]> {
	const groups = await groupVersions(read);
	const found = await Promise.all(groups.map(path => inGroup(path, namespace, read)));
	const tenants = new Map(found.flat().map(tenant => [tenant.what, tenant]));
	return [...tenants.values()].filter(({ what }) => !inEveryNamespace.test(what));
}

/** `/api/v1` and `/apis/GROUP/VERSION`, each group in the version that the server prefers. */
async function groupVersions(read: Read): Promise<readonly string[]> {
	const { groups } = asRecord(await read('/apis'));
	const named = (Array.isArray(groups) ? groups : []).map(group =>
		textIn(asRecord(asRecord(group).preferredVersion).groupVersion),
	);
	return ['/api/v1', ...named.filter(Boolean).map(version => `/apis/${version}`)];
}

async function inGroup(path: string, namespace: string, read: Read): Promise<readonly Tenant[]> {
	const resources = await read(path).then(
		answer => asRecord(answer).resources,
		unlessBug(() => undefined),
	);
	if (!Array.isArray(resources)) {
		return [unlisted(path.slice(1))];
	}
	const kinds = resources
		.map(asRecord)
		.filter(isListed)
		.map(kind => textIn(kind.name));
	const found = await Promise.all(kinds.map(kind => ofKind(path, kind, namespace, read)));
	return found.flat();
}

const isListed = ({ name, namespaced, verbs }: Readonly<Record<string, unknown>>): boolean =>
	namespaced === true &&
	Array.isArray(verbs) &&
	verbs.includes('list') &&
	!textIn(name).includes('/') &&
	!derived.has(textIn(name));

/**
 * Kinds that hold nothing of anyone's: events tell of the past, metrics and endpoints are made from pods and Services, and OLM shows
 * its whole catalog in every namespace.
 */
const derived: ReadonlySet<string> = new Set([
	'events',
	'endpoints',
	'endpointslices',
	'packagemanifests',
	'appliedclusterresourcequotas',
]);

async function ofKind(path: string, kind: string, namespace: string, read: Read): Promise<readonly Tenant[]> {
	const list = `${path}/namespaces/${encodeURIComponent(namespace)}/${kind}?limit=${fewOfEach}`;
	const items = await read(list).then(
		answer => asRecord(answer).items,
		unlessBug(() => undefined),
	);
	return Array.isArray(items)
		? items.map(item => tenant(kind, asRecord(asRecord(item).metadata)))
		: [unlisted(kind)];
}

const tenant = (kind: string, { name, uid }: Readonly<Record<string, unknown>>): Tenant => ({
	what: `${kind}/${textIn(name) || 'unknown'}`,
	uid: textIn(uid) || undefined,
});

const unlisted = (kind: string): Tenant => ({ what: `${kind}/(can't be listed)`, uid: undefined });

const unlessBug =
	<T>(otherwise: () => T) =>
	(error: unknown): T => {
		if (error instanceof PairingError) {
			return otherwise();
		}
		throw error;
	};

/** What Kubernetes and OpenShift put into each namespace by themselves, older versions more than newer ones. */
const inEveryNamespace =
	/^(configmaps\/(kube-root-ca|openshift-service-ca)\.crt|serviceaccounts\/(default|builder|deployer)|secrets\/(default|builder|deployer)-(token|dockercfg)-\w+|rolebindings\/system:.*)$/;
