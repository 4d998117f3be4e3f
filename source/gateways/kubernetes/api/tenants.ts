import type { Tenant } from '../../../pairing/clusters/ports.ts';
import { asRecord, textIn } from '../../../pairing/words/json.ts';
import { outsideText } from '../../../pairing/words/outside-text.ts';
import { unlessProblem } from '../../../pairing/words/problem.ts';

/** The body of a successful GET. @throws PairingError */
type Read = (path: string, accept?: string) => Promise<unknown>;

/** Names alone, where the server can do that: a few Secrets of Helm's take many megabytes. */
const namesAlone = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';

/** Far more than clusters with hundreds of operators serve; what is not asked for counts as something that may be there. */
const mostOf = { groups: 500, kinds: 3000 } as const;

/** Of each kind, a few are enough to say what a namespace holds. */
const fewOfEach = 20;
/** Characters of a kind and a name. */
const mostOfAName = 320;

/**
 * What keeps a namespace from being empty, as `kind/name`. Every namespaced kind that the API server lists is asked for, custom
 * resources included; a kind or a group that can't be read counts as something that may be there.
 */
export async function tenantsOf(namespace: string, read: Read): Promise<readonly Tenant[]> {
	const groups = await groupVersions(read);
	const listed = await Promise.all(groups.slice(0, mostOf.groups).map(path => kindsIn(path, read)));
	const kinds = listed.flat();
	const found = await Promise.all(
		kinds
			.slice(0, mostOf.kinds)
			.map(kind => ('unlisted' in kind ? [kind.unlisted] : ofKind(kind, namespace, read))),
	);
	const isAll = groups.length <= mostOf.groups && kinds.length <= mostOf.kinds;
	const tenants = [...found.flat(), ...(isAll ? [] : [cannotBeListed('more kinds')])];
	const each = new Map(tenants.map(tenant => [tenant.what, tenant]));
	return [...each.values()].filter(({ what }) => !inEveryNamespace.test(what));
}

const cannotBeListed = (kind: string): Tenant => ({
	what: outsideText(`${kind}/(can't be listed)`, mostOfAName),
	uid: undefined,
});

/** `/api/v1` and `/apis/GROUP/VERSION`, each group in the version that the server prefers. */
async function groupVersions(read: Read): Promise<readonly string[]> {
	const { groups } = asRecord(await read('/apis'));
	const named = (Array.isArray(groups) ? groups : []).map(group =>
		textIn(asRecord(asRecord(group).preferredVersion).groupVersion),
	);
	return ['/api/v1', ...named.filter(Boolean).map(version => `/apis/${version}`)];
}

type Kind = Readonly<{ path: string; name: string } | { unlisted: Tenant }>;

async function kindsIn(path: string, read: Read): Promise<readonly Kind[]> {
	const resources = await read(path).then(answer => asRecord(answer).resources, unlessProblem);
	return Array.isArray(resources)
		? resources
				.map(asRecord)
				.filter(isListed)
				.map(({ name }) => kindOf(path, textIn(name)))
		: [{ unlisted: cannotBeListed(path.slice(1)) }];
}

/** What is no name of a kind can't be asked for: half a character has no place in a URL. */
const kindOf = (path: string, name: string): Kind =>
	/^[a-z\d.-]+$/i.test(name) ? { path, name } : { unlisted: cannotBeListed(name || path.slice(1)) };

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

async function ofKind(
	{ path, name }: Readonly<{ path: string; name: string }>,
	namespace: string,
	read: Read,
): Promise<readonly Tenant[]> {
	const list = `${path}/namespaces/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}?limit=${fewOfEach}`;
	const items = await read(list, namesAlone).then(answer => asRecord(answer).items, unlessProblem);
	return Array.isArray(items)
		? items.map(item => tenant(name, asRecord(asRecord(item).metadata)))
		: [cannotBeListed(name)];
}

const tenant = (kind: string, { name, uid }: Readonly<Record<string, unknown>>): Tenant => ({
	what: outsideText(`${kind}/${textIn(name) || 'unknown'}`, mostOfAName),
	uid: textIn(uid) || undefined,
});

/** What Kubernetes and OpenShift put into each namespace by themselves, older versions more than newer ones. */
const inEveryNamespace =
	/^(configmaps\/(kube-root-ca|openshift-service-ca)\.crt|serviceaccounts\/(default|builder|deployer)|secrets\/(default|builder|deployer)-(token|dockercfg)-\w+|rolebindings\/system:.*)$/;
