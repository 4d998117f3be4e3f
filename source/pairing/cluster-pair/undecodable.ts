import * as z from 'zod';
import { isRecord } from '../words/json.ts';
import { outsideText } from '../words/outside-text.ts';

// What Stork's Go types take, null being as good as nothing (stork pkg/apis/stork/v1alpha1/clusterpair.go, client-go
// tools/clientcmd/api/types.go). Fields that they do not have do no harm.
const text = z.string().nullish();
const flag = z.boolean().nullish();
const texts = z.array(text).nullish();
const mapOf = <T extends z.ZodType>(value: T) => z.record(z.string(), value).nullish();
/** Go's decoder passes over line breaks, wherever they are. */
const bytes = z
	.string()
	.refine(
		value =>
			/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(value.replaceAll(/[\r\n]/g, '')),
		{
			params: { base64: true },
		},
	)
	.nullish();
/** Kubeconfigs of minikube and Docker Desktop have them, and storkctl copies them along. */
const extensions = z
	.unknown()
	.refine(value => !(isRecord(value) && Object.values(value).some(isRecord)), {
		params: { extensions: true },
	})
	.optional();
const group = (fields: z.ZodRawShape) => mapOf(z.looseObject({ ...fields, extensions }).nullish());

const specShape = z.looseObject({
	options: mapOf(text),
	platformOptions: z
		.looseObject({
			rancher: z.looseObject({ projectMappings: mapOf(text) }).nullish(),
		})
		.nullish(),
	backupLocation: text,
	config: z
		.looseObject({
			kind: text,
			apiVersion: text,
			'current-context': text,
			extensions,
			preferences: z.looseObject({ colors: flag, extensions }).nullish(),
			clusters: group({
				server: text,
				'tls-server-name': text,
				'insecure-skip-tls-verify': flag,
				'certificate-authority': text,
				'certificate-authority-data': bytes,
				'proxy-url': text,
				'disable-compression': flag,
			}),
			contexts: group({ cluster: text, user: text, namespace: text }),
			users: group({
				'client-certificate': text,
				'client-certificate-data': bytes,
				'client-key': text,
				'client-key-data': bytes,
				token: text,
				tokenFile: text,
				'act-as': text,
				'act-as-uid': text,
				'act-as-groups': texts,
				'act-as-user-extra': mapOf(texts),
				username: text,
				password: text,
				'auth-provider': z.looseObject({ name: text, config: mapOf(text) }).nullish(),
				exec: z
					.looseObject({
						command: text,
						args: texts,
						env: z.array(z.looseObject({ name: text, value: text }).nullish()).nullish(),
						apiVersion: text,
						installHint: text,
						provideClusterInfo: flag,
						InteractiveMode: text,
						StdinUnavailable: flag,
						StdinUnavailableMessage: text,
					})
					.nullish(),
			}),
		})
		.nullish(),
});

/**
 * Why Stork can't read a ClusterPair, if it can't. The API server takes anything there, but Stork reads all pairs of the cluster
 * in one list: one such object stops every pair, and only its own log says so.
 */
export function undecodable({ spec }: Readonly<{ spec?: unknown }>): string | undefined {
	const issue = specShape.safeParse(spec ?? {}).error?.issues[0];
	if (issue === undefined) {
		return undefined;
	}
	if (issue.code === 'custom' && issue.params?.extensions === true) {
		return "its config has extensions that Stork can't decode";
	}
	const where = outsideText(issue.path.map(String).join('.'), 200);
	const [, option] = /^options\.(.+)$/.exec(where) ?? [];
	return option === undefined
		? `its ${where || 'spec'} is not ${wanted(issue)}`
		: `its option ${option} is not a string`;
}

const wanted = (issue: z.core.$ZodIssue): string =>
	issue.code !== 'invalid_type'
		? 'base64'
		: ({ string: 'a string', boolean: 'true or false', array: 'a list' }[String(issue.expected)] ?? 'a map');
