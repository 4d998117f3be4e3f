import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { FrontOptions, Spoil, SpoilExec } from '../../helpers/clusters/endless-front.ts';

/** Writes for as long as it the reader takes it, and as fast. */
function pour(to: Writable, next: () => string | Buffer): void {
	const go = () => {
		while (!to.destroyed && to.write(next())) {}
	};
	to.on('drain', go);
	go();
}

/** A little now and then, so that no silence ends it. */
function drip(to: Writable, next: () => string | Buffer): void {
	const timer = setInterval(() => to.write(next()), 500);
	to.on('close', () => clearInterval(timer));
	to.write(next());
}

const json = { 'content-type': 'application/json' };
const filler = 'a'.repeat(65_536);

const body =
	(start: string, rest: string, code = 200): Spoil =>
	response => {
		response.writeHead(code, json);
		response.write(start);
		pour(response, () => rest);
	};

/** Pages of a list, each of which names a next one. */
const pages = (item: object, count: number): Spoil => {
	const items = Array.from({ length: count }, () => item);
	return response => {
		response.writeHead(200, json);
		response.end(
			JSON.stringify({ kind: 'List', metadata: { continue: randomBytes(6).toString('hex') }, items }),
		);
	};
};

const pod = {
	metadata: { name: 'p', namespace: 'n', labels: { note: 'x'.repeat(1000) } },
	spec: { nodeName: 'n', containers: [{ name: 'portworx' }] },
	status: { phase: 'Running' },
};

/** Answers to any request that end only when the client has had enough. */
export const endless = {
	'a text': body('{"items":["', filler),
	blanks: body('', ' '.repeat(65_536)),
	'empty objects': body('{"items":[{}', ',{}'.repeat(20_000)),
	'a nesting': body('{"items":', '['.repeat(65_536)),
	'a byte at a time': response => {
		response.writeHead(200, { ...json, connection: 'close' });
		response.socket?.setNoDelay(true);
		pour(response, () => 'a');
	},
	'a byte now and then': response => {
		response.writeHead(200, json);
		drip(response, () => ' ');
	},
	nothing: () => {},
	'a refusal': body('{"kind":"Status","message":"', filler, 403),
	trouble: body('<html>', filler, 500),
	headers: response => {
		response.socket?.write('HTTP/1.1 200 OK\r\n');
		pour(response.socket ?? response, () => `x-${filler.slice(0, 1000)}: a\r\n`);
	},
	'informational answers': response =>
		response.socket && pour(response.socket, () => 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(1000)),
	'extensions of a chunk': response => {
		const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1';
		response.socket?.write(head);
		pour(response.socket ?? response, () => `;${filler}`);
	},
	'trailers behind the last chunk': response => {
		response.socket?.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n');
		pour(response.socket ?? response, () => `x-${filler.slice(0, 1000)}: a\r\n`);
	},
	'a text that unpacks to a thousand times its size': response => {
		response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
		response.write(gzipSync(Buffer.alloc(40_000_000, ' ')));
		pour(response, () => gzipSync(Buffer.alloc(1_000_000, ' ')));
	},
	'redirections to itself': (response, request) => {
		response.writeHead(307, { location: request.url ?? '/' });
		response.end();
	},
	'headers a byte at a time': response => {
		response.socket?.write('HTTP/1.1 200 OK\r\nx: ');
		drip(response.socket ?? response, () => 'a');
	},
	'small pages': pages(pod, 1),
	'empty pages': pages(pod, 0),
	'full pages': pages(pod, 500),
	'pages that are too full': pages(pod, 20_000),
} as const satisfies Readonly<Record<string, Spoil>>;

const event = (version: string) =>
	`${JSON.stringify({ type: 'MODIFIED', object: { metadata: { name: 'remotecluster', resourceVersion: version } } })}\n`;

const stream =
	(next: () => string): Spoil =>
	response => {
		response.writeHead(200, json);
		pour(response, next);
	};

export const endlessWatches = {
	'a line': stream(() => filler),
	'empty lines': stream(() => '\n'.repeat(10_000)),
	bookmarks: stream(() => `${JSON.stringify({ type: 'BOOKMARK', object: {} })}\n`.repeat(1000)),
	'changes, each in an answer of its own': response => {
		response.writeHead(200, json);
		response.end(event(randomBytes(6).toString('hex')));
	},
	nothing: response => {
		response.writeHead(200, json).flushHeaders();
	},
	'a byte now and then': response => {
		response.writeHead(200, json);
		drip(response, () => ' ');
	},
} as const satisfies Readonly<Record<string, Spoil>>;

const frame = (opcode: number, payload: Buffer, final = true): Buffer =>
	Buffer.concat([Buffer.of((final ? 0x80 : 0) | opcode), lengthOf(payload.length), payload]);

const lengthOf = (length: number): Buffer => {
	if (length < 126) {
		return Buffer.of(length);
	}
	const bytes = Buffer.alloc(3, 126);
	bytes.writeUInt16BE(length, 1);
	return bytes;
};

const many = (one: Buffer, count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => one));
const stdout = Buffer.of(1);

const frames =
	(some: Buffer, first: Buffer = Buffer.alloc(0)): SpoilExec =>
	(socket, _request, accept) => {
		accept();
		socket.resume();
		socket.write(first);
		pour(socket, () => some);
	};

const refused =
	(head: string, some: string): SpoilExec =>
	socket => {
		socket.write(`HTTP/1.1 403 Forbidden\r\n${head}`);
		pour(socket, () => some);
	};

/** Proxies, once they were asked for something. */
export const endlessProxies = {
	'headers a byte at a time': {
		scheme: 'http',
		serve: socket => {
			socket.write('HTTP/1.1 200 OK\r\nx: ');
			drip(socket, () => 'a');
		},
	},
	'informational answers': {
		scheme: 'http',
		serve: socket => pour(socket, () => 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(1000)),
	},
	'a name a byte at a time, as SOCKS': {
		scheme: 'socks5',
		serve: socket => {
			socket.write(Buffer.of(5, 0, 5, 0, 0, 3, 255));
			drip(socket, () => 'a');
		},
	},
} as const satisfies Readonly<Record<string, FrontOptions['proxy']>>;

export const endlessExecs = {
	output: frames(many(frame(2, Buffer.concat([stdout, Buffer.alloc(1000, 'a')])), 60)),
	'frames without output': frames(many(frame(2, stdout), 8000)),
	'frames without anything': frames(many(frame(2, Buffer.alloc(0)), 8000)),
	'frames of a channel that does not exist': frames(many(frame(2, Buffer.alloc(1000, 9)), 60)),
	fragments: frames(many(frame(0, Buffer.of(97), false), 8000), frame(2, stdout, false)),
	pings: frames(many(frame(9, Buffer.alloc(125)), 500)),
	'pings that wait for their answers': (socket, _request, accept) => {
		accept();
		socket.pause();
		pour(socket, () => many(frame(9, Buffer.alloc(125)), 500));
	},
	'compressed frames that no one agreed on': frames(
		many(Buffer.concat([Buffer.of(0xc2), lengthOf(4), Buffer.from('4a4c0400', 'hex')]), 8000),
	),
	'fragments of nothing': frames(many(frame(0, Buffer.alloc(0), false), 8000), frame(2, stdout, false)),
	'a frame now and then': (socket, _request, accept) => {
		accept();
		socket.resume();
		drip(socket, () => frame(2, Buffer.concat([stdout, Buffer.of(97)])));
	},
	nothing: (socket, _request, accept) => {
		accept();
		socket.resume();
	},
	'no answer': socket => void socket.resume(),
	'a refusal': refused('Content-Type: text/plain\r\n\r\n', filler),
	'a refusal in small chunks': refused('Transfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n'.repeat(5000)),
	'a refusal now and then': socket => {
		socket.write('HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n\r\n');
		drip(socket, () => 'a');
	},
	headers: refused('', `x-${filler.slice(0, 1000)}: a\r\n`),
} as const satisfies Readonly<Record<string, SpoilExec>>;
