import type { IncomingMessage } from 'node:http';
import type { Fault, FaultHook, RequestRecord } from '../../contract.ts';
import { type Authenticate, anonymous, peerCertificateOf } from '../access/authentication.ts';
import { impersonated } from '../access/impersonation.ts';
import type { Answer, ApiRequest, Cluster } from '../cluster.ts';
import { badRequest, tooLarge } from '../failures.ts';
import { refusalOf } from '../handle.ts';
import { jsonFromProtobuf } from './protobuf.ts';

export type Reception = Readonly<{
	name: string;
	authenticate: Authenticate;
	cluster: Pick<Cluster, 'authorize'>;
	fault: FaultHook | undefined;
	onRequest: ((record: RequestRecord) => void) | undefined;
}>;

/** A request that has been read: to be handled, or refused already. */
export type Visit = Readonly<{ fault: Fault | undefined; record: RequestRecord }> &
	Readonly<{ kind: 'welcome'; request: ApiRequest } | { kind: 'refused'; answer: Answer }>;

const bodyLimit = 3 * 1024 * 1024;

/** Authenticates and records a request whose body has been read; `undefined` is one that was too large. */
export function receive(reception: Reception, message: IncomingMessage, body: string | undefined): Visit {
	const admitted = admit(reception, message, body);
	const user = admitted.kind === 'welcome' ? admitted.request.user : anonymous;
	const record: RequestRecord = {
		at: Date.now(),
		cluster: reception.name,
		method: message.method ?? '',
		url: message.url ?? '',
		headers: message.headers,
		body: body ?? '',
		user: user.name,
	};
	reception.onRequest?.(record);
	return { ...admitted, record, fault: reception.fault?.(record) };
}

/** As text, protobuf too. Of what is too large the rest is read and forgotten, so that the client gets to read the answer. */
export async function readBody(message: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length <= bodyLimit) chunks.push(chunk);
	}
	if (length > bodyLimit) return undefined;
	const body = Buffer.concat(chunks);
	return jsonFromProtobuf(body) ?? body.toString();
}

type Admission =
	| Readonly<{ kind: 'welcome'; request: ApiRequest }>
	| Readonly<{ kind: 'refused'; answer: Answer }>;

function admit(
	{ authenticate, cluster }: Reception,
	message: IncomingMessage,
	body: string | undefined,
): Admission {
	try {
		const caller = authenticate(message.headers.authorization, peerCertificateOf(message.socket));
		const user = impersonated(cluster.authorize, caller, message.headers);
		if (body === undefined) throw tooLarge(bodyLimit);
		const { pathname, searchParams } = urlOf(message);
		const { method = '', headers } = message;
		return {
			kind: 'welcome',
			request: { method, path: pathname, query: searchParams, headers, body, user },
		};
	} catch (error) {
		return { kind: 'refused', answer: refusalOf(error) };
	}
}

function urlOf({ url = '/' }: IncomingMessage): URL {
	// Prefixed, not resolved: a path that begins with two slashes is still a path.
	const parsed = URL.parse(`https://localhost${url}`);
	if (!parsed) throw badRequest('the URL of the request cannot be read');
	return parsed;
}
