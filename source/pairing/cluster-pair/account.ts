import type { Direction } from '../answers/direction.ts';
import type { World } from '../clusters/ports.ts';
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
export const tokenSecretManifest = ({ name, namespace }: Account, labels: Labels): Manifest => ({
	apiVersion: 'v1',
	kind: 'Secret',
	type: 'kubernetes.io/service-account-token',
	metadata: {
		name: tokenSecretName(name),
		namespace,
		labels,
		annotations: { 'kubernetes.io/service-account.name': name },
	},
});

export const tokenSecretName = (account: string): string => `${account}-token`;

/** undefined until the cluster has filled it in. */
export async function accountToken(
	world: World,
	{ to }: Direction,
	{ name, namespace }: Account,
): Promise<Secret | undefined> {
	// With the shapes comes zod, and the wizard's first frame knows of accounts, but asks for no token.
	const { secretType } = await import('../clusters/kubernetes.ts');
	const found = await world[to].api.get(secretType, tokenSecretName(name), namespace);
	const token = Buffer.from(found?.data?.token ?? '', 'base64').toString('utf8');
	return token === '' ? undefined : new Secret(token);
}

type Labels = Readonly<Record<string, string>>;
