import type { Fetched } from './loopback.ts';

/** How far off a request's time may be: what Amazon and Azure allow. */
export const isSkewed = (time: number): boolean => !(Math.abs(time - Date.now()) < 15 * 60 * 1000);

export const xml = (status: number, reason: string, body: string): Fetched => ({
	status,
	reason,
	headers: {
		'x-amz-request-id': 'PRACTICE00000001',
		'x-ms-request-id': '00000000-practice',
		'content-type': 'application/xml',
		date: new Date().toUTCString(),
	},
	body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

/** A store's error with everything that real ones quote. */
export function xmlError(
	status: number,
	code: string,
	message: string,
	quoted: Record<string, string> = {},
): Fetched {
	const more = Object.entries(quoted).map(([name, value]) => `<${name}>${value}</${name}>`);
	return xml(
		status,
		reasons[status] ?? 'Error',
		`<Error><Code>${code}</Code><Message>${message}</Message>${more.join('')}<RequestId>PRACTICE00000001</RequestId></Error>`,
	);
}

const reasons: Readonly<Record<number, string>> = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found' };
