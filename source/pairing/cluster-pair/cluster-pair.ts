import { parseDocument } from 'yaml';
import type { Endpoint, Mode } from '../answers/answers.ts';
import { asRecord, attempt, isRecord, textIn } from '../words/json.ts';
import { type Branch, isBranch, type Manifest, revealManifest, type Tree } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { fail } from '../words/problem.ts';
import { Secret } from '../words/secret.ts';
import { startWith } from '../words/way.ts';
import { yamlValue } from '../words/yaml-value.ts';
import { undecodable } from './undecodable.ts';

export const clusterPairVersion = 'stork.libopenstorage.org/v1alpha1';

/** What the generated text has to be about; anything else is refused. */
export type Expected = Readonly<{ side: Side; name: string; namespace: string; context: string }>;

/**
 * Reads the YAML that `storkctl generate clusterpair` prints. Unknown keys stay; what must not travel is dropped, and
 * what may hold a credential is put in a Secret.
 * @throws PairingError when it is not a ClusterPair of exactly the expected context (storkctl prints every credential of
 * the kubeconfig when the context is unknown to it)
 */
export function parseClusterPair(yaml: string, expected: Expected): Manifest {
	const document = parseDocument(yaml, { uniqueKeys: true });
	const root = document.errors.length > 0 ? undefined : attempt(() => yamlValue(document, 0));
	return readClusterPair(root, expected);
}

/** The same for an object that is parsed already. */
export function readClusterPair(root: unknown, expected: Expected): Manifest {
	const spec = field(root, 'spec');
	const config = field(spec, 'config');
	if (
		field(root, 'apiVersion') !== clusterPairVersion ||
		field(root, 'kind') !== 'ClusterPair' ||
		!isRecord(spec) ||
		!isRecord(config)
	) {
		return refuse(expected, 'the output is not a ClusterPair');
	}
	const contexts = Object.keys(asRecord(config.contexts));
	if (contexts.length !== 1 || contexts[0] !== expected.context) {
		return refuse(
			expected,
			`it has ${contexts.length === 1 ? 'another context' : `${contexts.length} contexts`} instead of only ${expected.context}`,
		);
	}
	if (Object.values(asRecord(spec.options)).some(option => typeof option === 'object' && option !== null)) {
		return refuse(expected, 'not all of its options are strings');
	}
	const manifest = {
		apiVersion: clusterPairVersion,
		kind: 'ClusterPair',
		metadata: { name: expected.name, namespace: expected.namespace },
		spec: {
			...keepRest(spec, ['config', 'options']),
			config: boxSecrets(config, false),
			options: options(spec),
		},
	};
	const unread = undecodable(asRecord(revealManifest(manifest)));
	return unread === undefined ? manifest : refuse(expected, unread);
}

/** The storage options that the page has the operator type in. All strings: a number stops Stork for every pair. */
export function withStorageOptions(
	manifest: Manifest,
	storage: Readonly<{ endpoint: Endpoint; token: Secret; mode?: Mode }>,
): Manifest {
	const spec = isBranch(manifest.spec) ? manifest.spec : {};
	const given = isBranch(spec.options) ? spec.options : {};
	const { endpoint, token, mode } = storage;
	return {
		...manifest,
		spec: {
			...spec,
			options: { ...given, ip: endpoint.ip, port: String(endpoint.port), token, ...(mode && { mode }) },
		},
	};
}

/** The spec points to another address of the same API server. */
export const withServer = (manifest: Manifest, server: string): Manifest =>
	withConfig(manifest, config => ({
		...config,
		clusters: mapBranch(config.clusters, cluster => ({ ...cluster, server })),
	}));

/** In place of the context's user, someone who has nothing but a token. */
export const withLogin = (manifest: Manifest, user: string, token: Secret): Manifest =>
	withConfig(manifest, config => ({
		...config,
		contexts: mapBranch(config.contexts, context => ({ ...context, user })),
		users: { [user]: { token } },
	}));

function withConfig(manifest: Manifest, change: (config: Branch) => Branch): Manifest {
	const spec = isBranch(manifest.spec) ? manifest.spec : {};
	return { ...manifest, spec: { ...spec, config: change(isBranch(spec.config) ? spec.config : {}) } };
}

const mapBranch = (tree: Tree | undefined, change: (branch: Branch) => Branch): Branch =>
	Object.fromEntries(
		Object.entries(isBranch(tree) ? tree : {}).map(([name, item]) => [
			name,
			isBranch(item) ? change(item) : item,
		]),
	);

export function withMetadata(manifest: Manifest, extra: Branch): Manifest {
	return { ...manifest, metadata: { ...manifest.metadata, ...extra } };
}

/** Where an existing pair is not as planned: in its spec, or in an annotation that the plan has (others are not ours). */
export function pairDifferences(
	{ spec, metadata }: Manifest,
	existing: Readonly<{ spec?: unknown; metadata: { annotations?: Record<string, string> | undefined } }>,
): string[] {
	const planned = isBranch(metadata.annotations) ? metadata.annotations : {};
	const there = Object.keys(planned).map(name => [name, existing.metadata.annotations?.[name]]);
	return [
		...differences(spec, existing.spec ?? {}),
		...differences(planned, Object.fromEntries(there), 'metadata.annotations'),
	];
}

/**
 * Paths of the fields in which an existing object's spec is not as planned. Values never appear: they may be secret.
 * Absent, null, empty and false are the same here: the API server and Stork, which writes the object again, leave them out.
 */
export function differences(planned: Tree | undefined, existing: unknown, path = 'spec'): string[] {
	if (planned instanceof Secret) {
		return typeof existing === 'string' && planned.equals(new Secret(existing)) ? [] : [path];
	}
	if ((isBranch(planned) || isBlank(planned)) && (isRecord(existing) || isBlank(existing))) {
		const left = isBranch(planned) ? planned : {};
		const right = asRecord(existing);
		return [...new Set([...Object.keys(left), ...Object.keys(right)])]
			.filter(travels)
			.flatMap(key => differences(left[key], right[key], `${path}.${key}`));
	}
	if (Array.isArray(planned) && Array.isArray(existing)) {
		const isSame =
			planned.length === existing.length &&
			planned.every((item, index) => differences(item, existing[index]).length === 0);
		return isSame ? [] : [path];
	}
	return planned === existing ? [] : [path];
}

/**
 * `LocationOfOrigin` tells the operator's paths; `extensions` stop Stork (it cannot decode them). Among the options storkctl
 * leaves a placeholder, `<insert_storage_options_here>` in one version and without the brackets in another.
 */
const travels = (name: string): boolean => !/^(?:LocationOfOrigin|extensions)$|insert_storage/.test(name);

/** Fields of a kubeconfig that hold or may hold a credential, as may all that hangs below them. */
const secretFields = new Set([
	'token',
	'password',
	'client-key-data',
	'client-certificate-data',
	// Of an exec plugin.
	'args',
	'value',
	'Config',
	// Of an auth provider.
	'config',
]);
const urlWithPassword = /^\s*[a-z][a-z\d+.-]*:[^?#]*@/i;

/** Go takes an address without a scheme as well, and with it a name and password before an `@`. */
const isAddressWithLogin = (name: string, value: unknown): boolean =>
	(name === 'server' || name === 'proxy-url') && textIn(value).includes('@');

/** A number or a truth for a secret becomes a text: what it represents has no other type. */
function boxSecrets(value: unknown, isSecret: boolean): Tree {
	if (Array.isArray(value)) {
		return value.map(item => boxSecrets(item, isSecret));
	}
	if (isRecord(value)) {
		return Object.fromEntries(
			Object.entries(value)
				.filter(([name]) => travels(name))
				.map(([name, item]) => [
					name,
					boxSecrets(item, isSecret || secretFields.has(name) || isAddressWithLogin(name, item)),
				]),
		);
	}
	const isText = typeof value === 'string';
	return (isSecret && (isText || typeof value === 'number' || typeof value === 'boolean')) ||
		(isText && urlWithPassword.test(value))
		? new Secret(String(value))
		: plain(value);
}

function options(spec: Record<string, unknown>): Branch {
	const given = asRecord(spec.options);
	return Object.fromEntries(
		Object.entries(given)
			.filter(([key]) => travels(key))
			.map(([key, value]) => [key, key === 'token' ? new Secret(textIn(value)) : textIn(value)]),
	);
}

function keepRest(record: Record<string, unknown>, without: readonly string[] = []): Branch {
	const kept = Object.entries(record).filter(([key]) => travels(key) && !without.includes(key));
	return Object.fromEntries(kept.map(([key, value]) => [key, plain(value)]));
}

function plain(value: unknown): Tree {
	if (Array.isArray(value)) {
		return value.map(plain);
	}
	if (isRecord(value)) {
		return keepRest(value);
	}
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

const field = (value: unknown, key: string): unknown => asRecord(value)[key];
const isBlank = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	value === false ||
	(Array.isArray(value) && value.length === 0);

export const useBuiltIn = startWith(
	'Use the built-in generator, which makes the same object',
	'--storkctl=none',
);

function refuse({ side }: Expected, evidence: string): never {
	return fail({
		id: 'generated-spec-refused',
		title: 'The generated ClusterPair spec was rejected',
		side,
		evidence,
		remedies: ['Check that the context is in the kubeconfig that storkctl reads.', useBuiltIn],
	});
}
