import { type Around, type Fields, make, subsets } from './make.ts';

const at = (server: unknown, more: Fields = {}, name = JSON.stringify(server)) =>
	make(`server: ${name}`, { cluster: { server, ...more } });
const noCa = { 'certificate-authority-data': undefined };
const anyName = { 'tls-server-name': 'localhost' };

export const addresses = [
	...[
		'',
		'/',
		'//',
		'/x',
		'/x/',
		'/x//y',
		'/a%2Fb',
		'/c%20d',
		'/a/../b',
		'/%2e%2e/b',
		"/a!b'c(d)",
		'/a;b=c,d:e@f',
		'/ü',
		'/a+b&c',
		'/%zz',
		'/%41',
		'?x=1',
		'/p?x=1',
		'/p#x',
		'/p?x#y',
	].map(path => at(`https://127.0.0.1:<PORT>${path}`)),
	...[
		'127.0.0.1:<HTTP_PORT>',
		'localhost:<HTTP_PORT>',
		'127.0.0.1:<HTTP_PORT>/',
		'127.0.0.1:<HTTP_PORT>/x',
		'//127.0.0.1:<HTTP_PORT>',
		'127.0.0.1',
		'localhost:<PORT>',
	].map(server => at(server)),
	at('127.0.0.1:<HTTP_PORT>', noCa, 'host:port without a CA'),
	at('127.0.0.1:<PORT>', { ...noCa, 'insecure-skip-tls-verify': true }, 'host:port insecure'),
	...[
		'HTTPS://127.0.0.1:<PORT>',
		'Https://localhost:<PORT>',
		'https://LOCALHOST:<PORT>',
		'https://localhost.:<PORT>',
		'ftp://127.0.0.1:<PORT>',
		'unix:///tmp/x',
		'https:/127.0.0.1:<PORT>',
		'https:127.0.0.1:<PORT>',
		'https//127.0.0.1',
		'https://',
		'https://:<PORT>',
		'https://127.0.0.1:abc',
		'https://127.0.0.1:<DEAD_PORT>',
		'https://127.0.0.1:99999',
		' https://127.0.0.1:<PORT>',
		'https://127.0.0.1:<PORT> ',
		'https://127.0.0.1:<PORT>\n',
		'https://127.0.0.1\\:<PORT>',
		'https://exam ple:<PORT>',
		'https://127.0.0.1%:<PORT>',
		'',
		null,
		'null',
		'https://user:pass@127.0.0.1:<PORT>',
		'https://user@127.0.0.1:<PORT>',
		'https://us%20er:p%40ss@127.0.0.1:<PORT>',
	].map(server => at(server)),
	make('server: a login in it, alone', {
		cluster: { server: 'https://user:pass@127.0.0.1:<PORT>' },
		user: {},
	}),
	make('server: a login in it beside a certificate', {
		cluster: { server: 'https://user:pass@127.0.0.1:<PORT>' },
		user: { 'client-certificate-data': '<CERT_DATA>', 'client-key-data': '<KEY_DATA>' },
	}),
	at('https://[::1]:<PORT6>', anyName),
	at('https://::1:<PORT6>', anyName),
	at('https://::1:<PORT6>/x', anyName),
	at('http://127.0.0.1:<HTTP_PORT>/x'),
	at('http://user:pass@127.0.0.1:<HTTP_PORT>', noCa),
	at('http://127.0.0.1:<PORT>', {}, 'http to a port with TLS'),
	at('https://127.0.0.1:<HTTP_PORT>', {}, 'https to a port without'),
	make('server: missing', { cluster: { server: undefined } }),
];

const files = {
	'ca.crt': '<CA>',
	'other.crt': '<OTHER_CA>',
	'both.crt': '<OTHER_CA><CA>',
	empty: '',
	text: 'no PEM\n',
	'marked.crt': '\ufeff<CA>',
	'words.crt': 'words before\n<CA>words behind\n',
	'broken.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n<CA>',
	'key.crt': '<KEY><CA>',
	'home/ca.crt': '<CA>',
};

const competing = subsets<Fields>({
	data: { 'certificate-authority-data': '<CA_DATA>' },
	file: { 'certificate-authority': 'ca.crt' },
	insecure: { 'insecure-skip-tls-verify': true },
	name: { 'tls-server-name': 'localhost' },
});

export const trust = [
	...competing.map(({ name, of }) =>
		make(`trust: ${name}`, { cluster: Object.assign({ ...noCa }, ...of) }, { files }),
	),
	...competing
		.filter(({ name }) => !name.includes('data'))
		.map(({ name, of }) =>
			make(
				`trust with SSL_CERT_FILE: ${name}`,
				{ cluster: Object.assign({ ...noCa }, ...of) },
				{ files, env: { SSL_CERT_FILE: '<FOLDER>/ca.crt' } },
			),
		),
	...Object.keys(files).map(file =>
		make(`trust: CA file ${file}`, { cluster: { ...noCa, 'certificate-authority': file } }, { files }),
	),
	...['~/ca.crt', 'nowhere', '.', '<FOLDER>/ca.crt', './ca.crt', 'sub/../ca.crt'].map(file =>
		make(`trust: CA file ${file}`, { cluster: { ...noCa, 'certificate-authority': file } }, { files }),
	),
	...['', '<OTHER_CA_DATA>', 'bm8gUEVN', 'a', 'YQ', 'YQ==', 'Y Q==', 'YQ==\n', '_-8=', '<CERT_DATA>'].map(
		data =>
			make(`trust: CA data ${JSON.stringify(data)}`, { cluster: { 'certificate-authority-data': data } }),
	),
	...['localhost.', 'api.zoo.test', 'wrong.test', '127.0.0.1', '127.0.0.2', ''].map(name =>
		make(`trust: tls-server-name ${name || 'empty'}`, { cluster: { 'tls-server-name': name } }),
	),
	make('trust: expired server', { cluster: { server: 'https://127.0.0.1:<EXPIRED_PORT>' } }),
	make('trust: expired server, insecure', {
		cluster: { ...noCa, server: 'https://127.0.0.1:<EXPIRED_PORT>', 'insecure-skip-tls-verify': true },
	}),
	...[
		['dir', { SSL_CERT_DIR: '<FOLDER>' }],
		['another file', { SSL_CERT_FILE: '<FOLDER>/other.crt' }],
		['a missing file', { SSL_CERT_FILE: '<FOLDER>/nowhere' }],
	].map(([name, env]) =>
		make(`trust: system store in ${name}`, { cluster: noCa }, { files, env: env as Around['env'] & {} }),
	),
];

const through: Fields = { server: 'https://api.zoo.test:<PORT>' };
const proxied = (name: string, env: Record<string, string>, cluster: Fields = through) =>
	make(`proxy: ${name}`, { cluster }, { env });
const proxyUrl = (url: string, cluster: Fields = through) =>
	make(`proxy-url: ${url}${cluster === through ? '' : ` for ${String(cluster.server)}`}`, {
		cluster: { ...cluster, 'proxy-url': url },
	});

const http = 'http://127.0.0.1:<PROXY_PORT>';
const plainServer: Fields = { server: 'http://api.zoo.test:<HTTP_PORT>', ...noCa };

export const proxies = [
	...[
		http,
		'http://127.0.0.1:<PROXY_PORT>/path',
		'http://us%40er:p%3Ass@127.0.0.1:<PROXY_PORT>',
		'http://user@127.0.0.1:<PROXY_PORT>',
		'https://127.0.0.1:<TLS_PROXY_PORT>',
		'socks5://127.0.0.1:<SOCKS_PORT>',
		'socks5://user:pass@127.0.0.1:<SOCKS_PORT>',
		'socks5h://127.0.0.1:<SOCKS_PORT>',
		'ftp://127.0.0.1',
		'127.0.0.1:<PROXY_PORT>',
		'http://127.0.0.1:<DEAD_PORT>',
		'http://',
		'http:///x',
		'HTTP://127.0.0.1:<PROXY_PORT>',
		' http://127.0.0.1:<PROXY_PORT>',
		'',
	].map(url => proxyUrl(url)),
	...[
		http,
		'http://user:pass@127.0.0.1:<PROXY_PORT>',
		'https://localhost:<TLS_PROXY_PORT>',
		'socks5://127.0.0.1:<SOCKS_PORT>',
	].map(url => proxyUrl(url, plainServer)),
	proxyUrl(http, { server: 'https://127.0.0.1:<PORT>' }),
	proxyUrl('https://127.0.0.1:<TLS_PROXY_PORT>', { ...noCa, ...through, 'insecure-skip-tls-verify': true }),
	proxyUrl('https://127.0.0.1:<TLS_PROXY_PORT>', { ...through, 'tls-server-name': 'localhost' }),
	...subsets<Record<string, string>>({
		HTTPS_PROXY: { HTTPS_PROXY: http },
		https_proxy: { https_proxy: 'http://127.0.0.1:<DEAD_PORT>' },
		HTTP_PROXY: { HTTP_PROXY: 'socks5://127.0.0.1:<SOCKS_PORT>' },
		ALL_PROXY: { ALL_PROXY: http },
	}).flatMap(({ name, of }) => [
		proxied(name, Object.assign({}, ...of)),
		proxied(`${name}, plain server`, Object.assign({}, ...of), plainServer),
	]),
	...[
		'127.0.0.1:<PROXY_PORT>',
		'localhost:<PROXY_PORT>',
		'user:pass@127.0.0.1:<PROXY_PORT>',
		'socks5h://127.0.0.1:<SOCKS_PORT>',
		'ftp://127.0.0.1:<PROXY_PORT>',
		'http://',
	].map(value => proxied(`HTTPS_PROXY=${value}`, { HTTPS_PROXY: value })),
	proxied('in a CGI', { HTTP_PROXY: http, REQUEST_METHOD: 'GET' }, plainServer),
	...[
		'https://127.0.0.1:<PORT>',
		'https://localhost:<PORT>',
		'https://0.0.0.0:<PORT>',
		'https://127.1.2.3:<PORT>',
	].map(server => proxied(`HTTPS_PROXY for ${server}`, { HTTPS_PROXY: http }, { server })),
	...[
		'*',
		' * ',
		'a,*',
		'api.zoo.test',
		'zoo.test',
		'.zoo.test',
		'*.zoo.test',
		'oo.test',
		'API.ZOO.TEST',
		'api.zoo.test:<PORT>',
		'api.zoo.test:1',
		'zoo.test:<PORT>',
		'.zoo.test:<PORT>',
		'test',
		' zoo.test ',
		'zoo.test.',
		',,',
		'0.0.0.0',
	].map(value => proxied(`NO_PROXY=${value}`, { HTTPS_PROXY: http, NO_PROXY: value })),
	...[
		'0.0.0.0',
		'0.0.0.0/0',
		'0.0.0.0/8',
		'10.0.0.0/8',
		'0.0.0.0:<PORT>',
		'0.0.0.0:1',
		'0.',
		'0.0.0',
		'0.0.0.0/33',
		'::/0',
	].map(value =>
		proxied(
			`NO_PROXY=${value} for an address`,
			{ HTTPS_PROXY: http, NO_PROXY: value },
			{ server: 'https://0.0.0.0:<PORT>' },
		),
	),
	proxied('no_proxy in lowercase letters', { HTTPS_PROXY: http, no_proxy: 'api.zoo.test' }),
	proxied('NO_PROXY and proxy-url', { NO_PROXY: '*' }, { ...through, 'proxy-url': http }),
];
