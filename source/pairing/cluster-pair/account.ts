import type { Direction } from '../answers/direction.ts';
import type { secretType } from '../clusters/kubernetes.ts';
import type { ClusterWorld, World } from '../clusters/ports.ts';
import type { ClusterPairObject } from '../clusters/portworx-kinds.ts';
import type { ObjectOf } from '../clusters/resource-type.ts';
import { asRecord } from '../words/json.ts';
import type { Manifest } from '../words/manifest.ts';
import { Secret } from '../words/secret.ts';

/**
 * A ServiceAccount on the cluster that a pair points to. Its token travels in the pair instead of the operator's own
 * credentials, which end, or run a program that Stork's pod does not have.
 */
export type Account = Readonly<{ name: string; namespace: string }>;

/** There in every cluster, and no one migrates into it. */
export const accountNamespace = 'kube-system';

/**
 * One for each pair, since the pair may be undone by itself. No namespace has a dot, so no two pairs share a name.
 * @param storageUuid the near cluster's Portworx UUID
 */
export const accountOf = (
	pair: Readonly<{ name: string; namespace: string }>,
	storageUuid: string | undefined,
): Account => ({
	name: `pxpair-${storageUuid?.slice(0, 8) ?? 'UUID'}-${pair.namespace}.${pair.name}`
		.slice(0, 240)
		.replace(/[-.]+$/, ''),
	namespace: accountNamespace,
});

export const accountFor = async (
	world: World,
	{ from }: Direction,
	pair: Readonly<{ name: string; namespace: string }>,
): Promise<Account> => accountOf(pair, await world[from].discovery.uuid());

export const serviceAccountManifest = ({ name, namespace }: Account, labels: Labels): Manifest => ({
	apiVersion: 'v1',
	kind: 'ServiceAccount',
	metadata: { name, namespace, labels },
});

/** Stork makes whatever a migration brings, in any namespace: the documentation asks for cluster-admin. */
export const bindingManifest = ({ name, namespace }: Account, labels: Labels): Manifest => ({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRoleBinding',
	metadata: { name, labels },
	roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
	subjects: [{ kind: 'ServiceAccount', name, namespace }],
});

/** Since Kubernetes 1.24 no ServiceAccount has a token that lasts unless it is asked for like this. */
export const tokenSecretManifest = (
	{ name, namespace }: Account,
	labels: Labels,
	secret: string = tokenSecretName(name),
	annotations: Labels = {},
): Manifest => ({
	apiVersion: 'v1',
	kind: 'Secret',
	type: 'kubernetes.io/service-account-token',
	metadata: {
		name: secret,
		namespace,
		labels,
		annotations: { 'kubernetes.io/service-account.name': name, ...annotations },
	},
});

export const tokenSecretName = (account: string): string => `${account}-token`;

/** A rotation has two for a while, and leaves the one that it made. There are more for those that go on at the same time, or were given up. */
export const tokenSecretNames = (account: string): readonly [string, ...string[]] => [
	tokenSecretName(account),
	...[2, 3, 4].map(number => `${account}-token-${number}`),
];

/** On a Secret that a rotation made, whatever run made the one before. */
export const rotationLabel = 'pxpair/rotation';

/** The UID of the Secret whose token the pair had when the rotation began: that one alone may be deleted for it. */
export const replacesAnnotation = 'pxpair/replaces';

export type TokenSecret = Readonly<{
	name: string;
	object: ObjectOf<typeof secretType>;
	/** undefined until the cluster has filled it in. */
	token: Secret | undefined;
}>;

/** The Secrets that hold tokens of the ServiceAccount. */
export async function tokenSecrets(
	{ api }: Pick<ClusterWorld, 'api'>,
	{ name, namespace }: Account,
): Promise<readonly TokenSecret[]> {
	// With the shapes comes zod, and the wizard's first frame knows of accounts, but asks for no token.
	const { secretType } = await import('../clusters/kubernetes.ts');
	const found = await Promise.all(
		tokenSecretNames(name).map(async secret => ({
			name: secret,
			object: await api.get(secretType, secret, namespace),
		})),
	);
	return found.flatMap(({ name: secret, object }) => {
		const token = Buffer.from(object?.data?.token ?? '', 'base64').toString('utf8');
		return object ? [{ name: secret, object, token: token === '' ? undefined : new Secret(token) }] : [];
	});
}

/**
 * The token that a pair is to log in with. A rotation that was broken off leaves two: then it is the one that the pair carries, which works.
 * @returns undefined until the cluster has filled it in
 */
export async function accountToken(
	world: World,
	{ from, to }: Direction,
	pair: Readonly<{ name: string; namespace: string }>,
	account: Account,
): Promise<Secret | undefined> {
	const tokens = (await tokenSecrets(world[to], account)).flatMap(({ token }) => token ?? []);
	if (tokens.length < 2) {
		return tokens[0];
	}
	const { clusterPairType } = await import('../clusters/portworx-kinds.ts');
	const existing = await world[from].api.get(clusterPairType, pair.name, pair.namespace);
	const carried = existing && carriedBy(existing, account.name);
	return tokens.find(token => carried?.equals(token)) ?? tokens[0];
}

/** @param user of the ServiceAccount */
export function carriedBy({ spec }: ClusterPairObject, user: string): Secret | undefined {
	const { token } = asRecord(asRecord(asRecord(asRecord(spec).config).users)[user]);
	return typeof token === 'string' && token !== '' ? new Secret(token) : undefined;
}

type Labels = Readonly<Record<string, string>>;
