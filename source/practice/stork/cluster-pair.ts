import type { KubeObject, ObjectMeta } from '../contract.ts';

type Entry = Readonly<Record<string, unknown>>;
type Entries = Readonly<Record<string, Entry>> | null;

/** A ClusterPair that Stork's Go types could hold. `config` is a kubeconfig whose lists are maps by name. */
export type ClusterPair = {
	apiVersion: string;
	kind: string;
	metadata: ObjectMeta;
	spec: {
		config: {
			clusters: Entries;
			contexts: Entries;
			users: Entries;
			'current-context': string;
			preferences: Entry;
			[field: string]: unknown;
		};
		options: Readonly<Record<string, string>> | null;
		platformOptions: Entry;
		[field: string]: unknown;
	};
	status: PairStatus;
};

export type PairStatus = Readonly<{
	storageStatus: string;
	schedulerStatus: string;
	remoteStorageId: string;
}>;

export type Decoded = Readonly<
	{ kind: 'pair'; pair: ClusterPair } | { kind: 'undecodable'; message: string }
>;

/** Reads an object as Stork's Go types do: strict about the types of values, and complete in what it writes back. */
export function decodeClusterPair(object: KubeObject): Decoded {
	const spec = record(object.spec);
	const config = record(spec.config);
	const message = [
		optionsProblem(spec.options),
		...sections.map(section => sectionProblem(section, config[section])),
		extensionsProblem('Preferences', 'preferences', record(config.preferences)),
	].find(problem => problem !== undefined);
	return message === undefined
		? { kind: 'pair', pair: complete(object, spec, config) }
		: { kind: 'undecodable', message };
}

const sections = ['clusters', 'contexts', 'users'] as const;
const goTypes = { clusters: 'Cluster', contexts: 'Context', users: 'AuthInfo' };

function optionsProblem(options: unknown): string | undefined {
	const value = Object.values(record(options)).find(option => option !== null && typeof option !== 'string');
	return value === undefined
		? undefined
		: `json: cannot unmarshal ${goKind(value)} into Go struct field ClusterPairSpec.items.spec.options of type string`;
}

function sectionProblem(section: (typeof sections)[number], entries: unknown): string | undefined {
	if (Array.isArray(entries)) {
		return `json: cannot unmarshal array into Go struct field Config.items.spec.config.${section} of type map[string]*api.${goTypes[section]}`;
	}

	return Object.values(record(entries))
		.map(
			entry =>
				extensionsProblem(goTypes[section], section, record(entry)) ??
				stringProblem(goTypes[section], section, record(entry)),
		)
		.find(problem => problem !== undefined);
}

/** Go cannot decode into an interface: any extension at all is one too many. */
function extensionsProblem(type: string, section: string, entry: Entry): string | undefined {
	const extension = Object.values(record(entry.extensions)).find(value => value !== null);
	return extension === undefined
		? undefined
		: `json: cannot unmarshal ${goKind(extension)} into Go struct field ${type}.items.spec.config.${section}.extensions of type runtime.Object`;
}

const stringFields = ['server', 'cluster', 'user', 'namespace', 'token', 'tls-server-name', 'proxy-url'];
const byteFields = ['certificate-authority-data', 'client-certificate-data', 'client-key-data'];

function stringProblem(type: string, section: string, entry: Entry): string | undefined {
	const name = [...stringFields, ...byteFields].find(
		field => !['undefined', 'string'].includes(typeof entry[field]),
	);
	if (name !== undefined) {
		return `json: cannot unmarshal ${goKind(entry[name])} into Go struct field ${type}.items.spec.config.${section}.${name} of type string`;
	}

	return byteFields.some(field => entry[field] !== undefined && !isBase64(String(entry[field])))
		? 'illegal base64 data at input byte 0'
		: undefined;
}

function isBase64(text: string): boolean {
	return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function goKind(value: unknown): string {
	if (Array.isArray(value)) {
		return 'array';
	}

	return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** What the object looks like after Stork wrote it: fields of its Go types that have no `omitempty` appear. */
function complete(object: KubeObject, spec: Entry, config: Entry): ClusterPair {
	const status = record(object.status);
	return {
		...object,
		spec: {
			...spec,
			config: {
				...config,
				...(Object.fromEntries(sections.map(section => [section, withOrigin(config[section])])) as Record<
					(typeof sections)[number],
					Entries
				>),
				'current-context': String(config['current-context'] ?? ''),
				preferences: record(config.preferences),
			},
			options: (spec.options ?? null) as Record<string, string> | null,
			platformOptions: record(spec.platformOptions),
		},
		status: {
			remoteStorageId: String(status.remoteStorageId ?? ''),
			schedulerStatus: String(status.schedulerStatus ?? ''),
			storageStatus: String(status.storageStatus ?? ''),
		},
	};
}

function withOrigin(entries: unknown): Entries {
	return entries === undefined || entries === null
		? null
		: Object.fromEntries(
				Object.entries(record(entries)).map(([name, entry]) => [
					name,
					{ LocationOfOrigin: '', ...record(entry) },
				]),
			);
}

function record(value: unknown): Entry {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : {};
}
