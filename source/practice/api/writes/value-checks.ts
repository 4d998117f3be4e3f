import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import {
	forbiddenValue,
	invalidAs,
	invalidValue,
	requiredValue,
	tooLong,
	unsupportedValue,
} from '../failures.ts';
import { type Json, listOf, omit, recordOf } from '../json.ts';
import { keyProblems } from '../names.ts';
import { type Causes, frozenBut, had, nonNegative, oneOf, type Place, type Rules } from './rules.ts';
import { podRules } from './rules-of-pods.ts';

/** Of what keeps Pods of a template. */
export const workloadRules = (word: string): Rules => [
	['spec.replicas', nonNegative],
	['spec.selector', place => selectorProblems(place, word)],
	['spec.template', templateProblems],
	['spec.template.spec', podRules],
	['spec.template.spec.restartPolicy', oneOf('Always')],
];

function selectorProblems({ field, value }: Place, word: string): Causes {
	if (value === undefined) return [requiredValue(field)];
	const { matchLabels, matchExpressions } = recordOf(value);
	if (Object.keys(recordOf(matchLabels)).length > 0 || listOf(matchExpressions).length > 0) return [];
	return [invalidAs(field, shownSelector(recordOf(value)), `empty selector is invalid for ${word}`)];
}

function templateProblems({ field, value, holder }: Place): Causes {
	const { labels, ...metadata } = recordOf(recordOf(value).metadata);
	const wanted = Object.entries(recordOf(recordOf(holder.selector).matchLabels));
	const isMatch = holder.selector && wanted.every(([label, text]) => recordOf(labels)[label] === text);
	const why = '`selector` does not match template `labels`';
	const at = `${field}.metadata.labels`;
	return [
		...(isMatch
			? []
			: [labels ? invalidValue(at, labels, why) : invalidAs(at, 'map[string]string(nil)', why)]),
		...keyProblems({ labels, ...metadata }, `${field}.metadata`),
	];
}

export function selectorChange(place: Place): Causes {
	if (!place.before || isDeepStrictEqual(had(place), place.value)) return [];
	return [invalidAs(place.field, shownSelector(recordOf(place.value)), 'field is immutable')];
}

function shownSelector({ matchLabels }: Json): string {
	const shown = Object.entries(recordOf(matchLabels)).map(
		([label, value]) => `${JSON.stringify(label)}:${JSON.stringify(value)}`,
	);
	const labels = matchLabels ? `{${shown.join(', ')}}` : '(nil)';
	return `v1.LabelSelector{MatchLabels:map[string]string${labels}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`;
}

const keyRule =
	"a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const contentLimit = 1024 * 1024;

export function contentProblems({ holder: { kind, data, binaryData } }: Place): Causes {
	const [plain, binary] = (kind === 'Secret' ? [{}, data] : [data, binaryData]).map(recordOf);
	const sizeOf = (content: Json = {}, encoding: BufferEncoding = 'utf8') =>
		Object.values(content).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text), encoding), 0);
	return [
		...Object.keys({ ...plain, ...binary })
			.filter(key => !/^[-._a-zA-Z0-9]+$/.test(key))
			.map(key => invalidValue(`data[${key}]`, key, keyRule)),
		...(sizeOf(plain) + sizeOf(binary, 'base64') > contentLimit
			? [tooLong(kind === 'Secret' ? 'data' : '[]', contentLimit)]
			: []),
	];
}

const neededIn: Readonly<Record<string, readonly string[]>> = {
	'kubernetes.io/dockercfg': ['.dockercfg'],
	'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
	'kubernetes.io/ssh-auth': ['ssh-privatekey'],
	'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

/** What a Secret of its type has to hold. */
export function typeProblems({ value, holder: { type, metadata } }: Place): Causes {
	const account = 'kubernetes.io/service-account.name';
	const isTold = recordOf(recordOf(metadata).annotations)[account];
	if (type === 'kubernetes.io/service-account-token' && !isTold)
		return [requiredValue(`metadata.annotations[${account}]`)];
	const needed = neededIn[String(type)] ?? [];
	return needed.filter(key => !(key in recordOf(value))).map(key => requiredValue(`data[${key}]`));
}

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export function accessProblems({ field, value }: Place): Causes {
	const odd = Array.isArray(value) ? value.filter(mode => !accessModes.includes(mode)) : [];
	return odd.map(mode => unsupportedValue(field, JSON.stringify(mode), accessModes));
}

export const storageProblems = ({ value }: Place): Causes =>
	value === undefined ? [requiredValue('spec.resources[storage]')] : [];

export const claimFrozen = (place: Place): Causes => {
	const { volumeName } = recordOf(place.before?.spec);
	const isBound = recordOf(place.before?.status).phase === 'Bound';
	const free = [...(volumeName ? [] : ['volumeName']), ...(isBound ? ['resources'] : [])];
	return frozenBut(
		spec => omit(recordOf(spec), free),
		'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
	)(place);
};

export function ingressProblems({ field, value }: Place): Causes {
	const { defaultBackend, rules } = recordOf(value);
	if (defaultBackend || listOf(rules).length > 0) return [];
	const why = 'either `defaultBackend` or `rules` must be specified';
	return [invalidAs(field, '[]networking.IngressRule(nil)', why)];
}

export function isMisnamed(name: unknown, { object }: Place): boolean {
	const { names, group } = recordOf(object.spec);
	return name !== `${recordOf(names).plural}.${group}`;
}

export function portsProblems({ field, value, holder: { type, clusterIP } }: Place): Causes {
	const ports = listOf(value);
	if (ports.length === 0)
		return type === 'ExternalName' || clusterIP === 'None' ? [] : [requiredValue(field)];
	if (ports.length === 1) return [];
	return ports.flatMap(({ name }, index) => (name ? [] : [requiredValue(`${field}[${index}].name`)]));
}

export const portProblems = ({ field, value }: Place): Causes =>
	Number(value) >= 1 && Number(value) <= 65_535
		? []
		: [invalidValue(field, value ?? 0, 'must be between 1 and 65535, inclusive')];

export function nodePortProblems({ field, value, object }: Place): Causes {
	const { type = 'ClusterIP' } = recordOf(object.spec);
	if (!value) return [];
	if (type === 'ClusterIP') return [forbiddenValue(field, "may not be used when `type` is 'ClusterIP'")];
	if (Number(value) >= 30_000 && Number(value) <= 32_767) return [];
	const why = 'provided port is not in the valid range. The range of valid ports is 30000-32767';
	return [invalidValue(field, value, why)];
}

export const externalNameProblems = ({ field, value, holder: { type } }: Place): Causes =>
	type === 'ExternalName' && !value ? [requiredValue(field)] : [];

export function addressProblems(place: Place): Causes {
	const { value, before } = place;
	const was = had(place);
	if (!value || value === was) return [];
	if (before && was) return [invalidValue('spec.clusterIPs[0]', [value], 'may not change once set')];
	if (value === 'None') return [];
	if (isIP(String(value)) === 0) {
		const why = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
		return [invalidValue('spec.clusterIPs[0]', value, why)];
	}
	if (/^10\.(9[6-9]|10\d|11[01])\./.test(String(value))) return [];
	const why = `failed to allocate IP ${value}: the provided IP (${value}) is not in the valid range. The range of valid IPs is 10.96.0.0/12`;
	return [invalidValue('spec.clusterIPs', [value], why)];
}
