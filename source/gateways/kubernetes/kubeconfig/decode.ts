import { isRecord } from '../../../pairing/words/json.ts';
import { KubeconfigFault, refuse } from './fault.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The entries of one file by their names. Fields have the types that client-go reads; unknown ones are left as they are. */
export type Decoded = Readonly<{
	current: string;
	clusters: ReadonlyMap<string, Fields>;
	users: ReadonlyMap<string, Fields>;
	contexts: ReadonlyMap<string, Fields>;
}>;

/**
 * A value of another type than its field's fails the whole file, in entries that no one asked for too, as does a name that is
 * there twice (client-go tools/clientcmd/api/v1/types.go, conversion.go). kubectl prints the users then; this names the field.
 * @throws KubeconfigFault
 */
export function decode(value: unknown): Decoded {
	const root = value ?? {};
	if (!isRecord(root)) {
		return refuse('it is not of kind Config');
	}
	const header = struct({ kind: text, apiVersion: text })(root, '');
	if (![undefined, '', 'Config'].includes(asText(header.kind))) {
		refuse('it is not of kind Config');
	}
	if (![undefined, '', 'v1'].includes(asText(header.apiVersion))) {
		refuse('its apiVersion is not v1');
	}
	const config = configShape(root, '');
	return {
		current: asText(config['current-context']) ?? '',
		clusters: byName(config.clusters, 'cluster'),
		users: byName(config.users, 'user'),
		contexts: byName(config.contexts, 'context'),
	};
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads what is there as the type of its field. `undefined` is a value that is not there, or null. */
type Reader = (value: unknown, where: string) => unknown;

const wrong = (value: unknown, where: string, wanted: string): never =>
	refuse(
		`${where} is ${kindOf(value)}, not ${wanted}${wanted === 'a text' && typeof value !== 'object' ? ': put it in quotes' : ''}`,
	);

const kindOf = (value: unknown): string =>
	Array.isArray(value)
		? 'a list'
		: typeof value === 'object'
			? 'a map'
			: typeof value === 'string'
				? 'a text'
				: `a ${typeof value}`;

const text: Reader = (value, where) => (typeof value === 'string' ? value : wrong(value, where, 'a text'));

const flag: Reader = (value, where) =>
	typeof value === 'boolean' ? value : wrong(value, where, 'true or false');

const anything: Reader = value => value;

/** Standard base64 with its padding; line ends inside do not matter, blanks do. */
const data: Reader = (value, where) => {
	const encoded = typeof value === 'string' ? value.replaceAll(/[\r\n]/g, '') : wrong(value, where, 'a text');
	return /^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(encoded) && !encoded.includes('_')
		? encoded
		: refuse(`${where} is not base64`);
};

const listOf =
	(item: Reader): Reader =>
	(value, where) =>
		Array.isArray(value)
			? value.map((part, index) => item(part ?? emptyOf(item), `${where}[${index}]`))
			: wrong(value, where, 'a list');

const emptyOf = (item: Reader): unknown => (item === text ? '' : {});

const mapOf =
	(item: Reader): Reader =>
	(value, where) =>
		isRecord(value)
			? Object.fromEntries(
					Object.entries(value).map(([key, part]) => [
						key,
						item(part ?? (item === text ? '' : []), `${where}.${key}`),
					]),
				)
			: wrong(value, where, 'a map');

/** Keys are case-sensitive; null is as if it were not there. */
const struct =
	(readers: Readonly<Record<string, Reader>>) =>
	(value: unknown, where: string): Fields => {
		if (!isRecord(value)) {
			return wrong(value, where || 'the file', 'a map');
		}
		return Object.fromEntries(
			Object.entries(value)
				.filter(([, part]) => part !== null && part !== undefined)
				.map(([key, part]) => {
					const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
					return [key, (reader ?? anything)(part, where ? `${where}.${key}` : key)];
				}),
		);
	};

const extensions: Reader = (value, where) => {
	const read = listOf(struct({ name: text }))(value, where);
	byName(read, `extension of ${where}`);
	return read;
};

const cluster = struct({
	server: text,
	'tls-server-name': text,
	'insecure-skip-tls-verify': flag,
	'certificate-authority': text,
	'certificate-authority-data': data,
	'proxy-url': text,
	'disable-compression': flag,
	extensions,
});

const exec = struct({
	command: text,
	args: listOf(text),
	env: listOf(struct({ name: text, value: text })),
	apiVersion: text,
	installHint: text,
	provideClusterInfo: flag,
	interactiveMode: text,
});

const user = struct({
	'client-certificate': text,
	'client-certificate-data': data,
	'client-key': text,
	'client-key-data': data,
	token: text,
	tokenFile: text,
	as: text,
	'as-uid': text,
	'as-groups': listOf(text),
	'as-user-extra': mapOf(listOf(text)),
	username: text,
	password: text,
	'auth-provider': struct({ name: text, config: mapOf(text) }),
	exec,
	extensions,
});

const context = struct({ cluster: text, user: text, namespace: text, extensions });

const configShape = struct({
	preferences: struct({ colors: flag, extensions }),
	clusters: listOf(struct({ name: text, cluster })),
	users: listOf(struct({ name: text, user })),
	contexts: listOf(struct({ name: text, context })),
	'current-context': text,
	extensions,
});

/** The same name twice is refused, even with the same contents: the first or the last would be a guess. */
function byName(list: unknown, key: string): ReadonlyMap<string, Fields> {
	const named = new Map<string, Fields>();
	for (const item of Array.isArray(list) ? list : []) {
		const entry: Fields = isRecord(item) ? item : {};
		const name = asText(entry.name) ?? '';
		if (named.has(name)) {
			throw new KubeconfigFault(`the ${key} ${JSON.stringify(name)} is in it twice: rename or delete one`);
		}
		named.set(name, isRecord(entry[key]) ? entry[key] : {});
	}
	return named;
}
