import type { Traits } from '../../pairing/cluster-pair/credential-traits.ts';
import { asRecord, isRecord, parseJson } from '../../pairing/words/json.ts';
import {
	bucketOf,
	endpointOf,
	isNothing,
	providerNamed,
	type Reader,
	traitsBy,
	whole,
	yesOrNo,
} from './credential-values.ts';

export type JsonCredential = Readonly<{ uuid: string; name: string | undefined; traits: Traits }>;

/**
 * `pxctl credentials list -j`. Of it, only that it is JSON with UUIDs was ever seen; so every spelling of a name that Portworx uses
 * anywhere is read, and what is not understood is not compared.
 */
export const credentialsInJson = (text: string): readonly JsonCredential[] =>
	recordsIn(parseJson(text.slice(0, 1_000_000)), undefined, 0).map(({ uuid, fields }) => ({
		uuid,
		name: textOf(fields.get('name') ?? fields.get('credname')),
		traits: traitsIn(fields),
	}));

type Found = Readonly<{ uuid: string; fields: ReadonlyMap<string, unknown> }>;

const isUuid = (value: unknown): value is string =>
	typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);

/** What has a UUID, or is kept under one, is a credential; the name around it may be its provider's. */
function recordsIn(value: unknown, around: string | undefined, depth: number): readonly Found[] {
	if (depth > 6) {
		return [];
	}
	if (Array.isArray(value)) {
		return value.slice(0, 1000).flatMap(each => recordsIn(each, around, depth + 1));
	}
	if (!isRecord(value)) {
		return [];
	}
	const fields = flat(value);
	const uuid = [fields.get('uuid'), fields.get('credentialid'), fields.get('id'), around].find(isUuid);
	if (uuid !== undefined) {
		return [
			{ uuid, fields: around && !isUuid(around) ? new Map([['provider', around], ...fields]) : fields },
		];
	}
	return Object.entries(value).flatMap(([name, each]) => recordsIn(each, name, depth + 1));
}

/** With what is kept one level down, as `aws_credential`, or under `CredentialType`, as Go writes a choice; names in one spelling. */
const flat = (record: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
	new Map(
		Object.entries(record)
			.flatMap(([name, value]) =>
				spelled(name) === 'credentialtype' ? Object.entries(asRecord(value)) : [[name, value] as const],
			)
			.flatMap(([name, value]) =>
				isRecord(value) && Object.keys(value).length > 0
					? [
							...providerOf(name),
							...Object.entries(asRecord(value)).map(([inner, each]) => [spelled(inner), each] as const),
						]
					: [[spelled(name), value] as const],
			),
	);

const providerOf = (name: string): readonly (readonly [string, string])[] => {
	const provider = /^(\w+?)_?credential$/i.exec(name)?.[1];
	return provider ? [['provider', provider]] : [];
};

/** `CredAccessKey`, `s3_access_key`, `access-key`: `accesskey`. */
const spelled = (name: string): string =>
	name
		.toLowerCase()
		.replaceAll(/[^a-z\d]/g, '')
		.replace(/^(cred(?!ential))?(s3|aws|azure|google|nfs)?(?=.{2})/, '');

function traitsIn(fields: ReadonlyMap<string, unknown>): Traits {
	const texts = [...fields].map(
		([name, value]) => [name, Array.isArray(value) ? value.map(String).join(',') : textOf(value)] as const,
	);
	const auth = authIn(fields);
	return { ...traitsBy(readers, texts), ...(auth && { auth }) };
}

const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
		? String(value)
		: undefined;

/** Whichever of the two switches is on; keys, where at least one is known and neither is. */
function authIn(fields: ReadonlyMap<string, unknown>): string | undefined {
	const is = (...names: readonly string[]) =>
		names.map(name => yesOrNo(textOf(fields.get(name)) ?? '')).find(value => value !== undefined);
	const [iam, identity] = [is('useiam', 'iam', 'iampolicy'), is('useworkloadidentity', 'workloadidentity')];
	if (iam === 'yes') {
		return 'iam';
	}
	return identity === 'yes' ? 'workload-identity' : iam === 'no' ? 'keys' : undefined;
}

const not = (value: string): string | undefined => {
	const read = yesOrNo(value);
	return read && (read === 'yes' ? 'no' : 'yes');
};
const orNone = (value: string): string | undefined => (isNothing(value) ? '' : whole(value));
const account: Reader = ['account', whole];
const encryption: Reader = ['encryption', yesOrNo];
const proxy: Reader = ['proxy', yesOrNo];

/** By names in one spelling, without what Portworx puts before them. */
const readers: Readonly<Record<string, Reader>> = {
	provider: ['provider', providerNamed],
	type: ['provider', providerNamed],
	accesskey: account,
	accesskeyid: account,
	accountname: account,
	projectid: account,
	server: account,
	serveraddr: account,
	region: ['region', whole],
	endpoint: ['endpoint', endpointOf],
	endpoints: ['endpoint', endpointOf],
	bucket: ['bucket', bucketOf],
	bucketname: ['bucket', bucketOf],
	disablessl: ['ssl', not],
	sslenabled: ['ssl', yesOrNo],
	disablepathstyle: ['pathStyle', not],
	encryption,
	encrypted: encryption,
	encryptionenabled: encryption,
	sse: ['sse', orNone],
	serversideencryption: ['sse', orNone],
	storageclass: ['storageClass', orNone],
	useproxy: proxy,
	proxy,
	subpath: ['share', whole],
	exportpath: ['share', whole],
	mountopts: ['mountOptions', orNone],
	mountoptions: ['mountOptions', orNone],
	timeoutseconds: ['timeout', orNone],
	timeout: ['timeout', orNone],
};
