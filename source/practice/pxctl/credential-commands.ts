/** `pxctl credentials …`, as shell functions of the pretend pxctl. What is kept of a secret is its checksum. */
export const credentialCommands = `credentials() {
	subcommand=$1
	[ $# -gt 0 ] && shift
	[ ! -f "$var/secrets-closed" ] || fail 'Not authenticated with the secrets endpoint'
	case $subcommand in
	create | c) credential_create "$@" ;;
	list | l) credential_list ;;
	validate | v) credential_validate "$@" ;;
	delete | d) credential_delete "$@" ;;
	*) fail "unknown command \\"$subcommand\\" for \\"pxctl credentials\\"" ;;
	esac
}

credential_create() {
	name= provider= account= secret= region= endpoint= storage_class= path_style=yes bucket= iam= key_file=
	while [ $# -gt 0 ]; do
		case $1 in
		--disable-path-style) path_style=no; shift; continue ;;
		--use-iam | --use-workload-identity) iam=yes; shift; continue ;;
		--s3-disable-ssl | --use-proxy) shift; continue ;;
		--*=*) flag=\${1%%=*} value=\${1#*=}; shift ;;
		-*)
			flag=$1 value=$2
			known_flag "$flag"
			[ $# -ge 2 ] || usage_error "flag needs an argument: $flag"
			shift 2
			;;
		*)
			[ -z "$name" ] || usage_error 'accepts 1 arg(s), received 2'
			name=$1
			shift
			continue
			;;
		esac
		known_flag "$flag"
		take_flag
	done
	complete
	case $name in '' | .* | *[!A-Za-z0-9._-]*) fail 'createCred: invalid credential name' ;; esac
	file=$var/credentials/$name
	[ ! -f "$file" ] || fail "createCred: credential with name $name already exists"
	case $region$endpoint$account$bucket$storage_class in *"$newline"*) fail 'createCred: invalid parameter' ;; esac
	why=$(ask_store)
	[ -z "$why" ] || fail "createCred: error validating credential during create: $why"
	new_uuid
	fingerprint=$(printf %s "$secret" | cksum)
	[ -z "$key_file" ] || fingerprint=$(cksum < "$key_file")
	# noclobber: of two that create the same name at once, one fails.
	(set -C; printf '%s\\n' "$name" "$uuid" "$provider" "$account" "$region" "$endpoint" "$storage_class" "$path_style" "$bucket" \\
		"\${fingerprint%% *}" > "$file") 2> /dev/null || fail "createCred: credential with name $name already exists"
	if [ "$knows_names" = yes ]; then
		echo "Credentials created successfully, UUID:$uuid"
	else
		echo 'Credentials created successfully'
	fi
}

known_flag() {
	case $1 in
	--s3-storage-class) [ "$knows_storage_class" = yes ] || usage_error "unknown flag: $1" ;;
	--provider | --bucket | --encryption-passphrase | --s3-access-key | --s3-secret-key | --s3-region | --s3-endpoint | --s3-sse) ;;
	--azure-account-name | --azure-account-key | --google-project-id | --google-json-key-file) ;;
	--nfs-server | --nfs-sub-path | --nfs-mount-opts | --nfs-timeout-seconds) ;;
	*) usage_error "unknown flag: $1" ;;
	esac
}

take_flag() {
	case $flag in
	--provider) provider=$value ;;
	--bucket) bucket=$value ;;
	--s3-access-key | --azure-account-name | --google-project-id | --nfs-server) account=$value ;;
	--s3-secret-key | --azure-account-key) secret=$value ;;
	--s3-region) region=$value ;;
	--s3-endpoint) endpoint=$value ;;
	--s3-storage-class) storage_class=$value ;;
	--google-json-key-file) key_file=$value ;;
	esac
}

usage_error() {
	echo "Error: $1" >&2
	echo 'Usage:' >&2
	fail '  pxctl credentials create [flags]'
}

complete() {
	case $provider$iam in
	s3)
		demand "$account" 'Access Key'
		demand "$secret" 'Secret Key'
		demand "$region" 'Region Key'
		demand "$endpoint" 'Endpoint Key'
		;;
	azure)
		demand "$account" 'Account name'
		demand "$secret" 'Account Key'
		;;
	google)
		demand "$account" 'Project ID'
		demand "$key_file" 'JSON Key'
		read_key_file
		;;
	s3yes | azureyes | googleyes) ;;
	nfs) demand "$account" 'NFS server' ;;
	*) fail 'createCred: Must supply a provider: s3, azure, google or nfs' ;;
	esac
}

demand() {
	[ -n "$1" ] || fail "createCred: Must supply $2"
}

# The path is one of the pod's: what is not below the practice root yet is looked for there.
read_key_file() {
	shown=\${key_file#"$root"}
	key_file=$root$shown
	[ -f "$key_file" ] || fail "createCred: open $shown: no such file or directory"
	secret=$(tr -d ' \\t\\r\\n' < "$key_file")
	case $secret in
	'{'*'}') ;;
	*) fail 'createCred: error validating credential during create: google: could not parse JSON key: unexpected end of JSON input' ;;
	esac
	case $secret in
	*'"type":"service_account"'*) ;;
	*) fail 'createCred: error validating credential during create: google: the JSON key is not of a service_account' ;;
	esac
}

new_uuid() {
	read -r uuid 2> /dev/null < /proc/sys/kernel/random/uuid || uuid=$(uuidgen)
}

credential_list() {
	if [ -n "$json" ]; then
		list_json
		return
	fi
	for wanted in s3 google azure; do
		title=
		for file in "$var"/credentials/*; do
			load "$file" && [ "$provider" = "$wanted" ] || continue
			[ -n "$title" ] || list_title
			if [ "$knows_names" = yes ]; then
				echo "$uuid$tab$name$tab$region$tab$endpoint$tab$account\${tab}true\${tab}false$tab\${bucket:-<nil>}\${tab}0"
			else
				echo "$uuid$tab$region$tab$endpoint$tab$account\${tab}true\${tab}false"
			fi
		done
	done
}

list_title() {
	case $wanted in
	s3) title='S3 Credentials' ;;
	google) title='Google Credentials' ;;
	azure) title='Azure Credentials' ;;
	esac
	echo "$title"
	if [ "$knows_names" = yes ]; then
		echo "UUID\${tab}NAME\${tab}REGION\${tab}ENDPOINT\${tab}ACCESS KEY\${tab}SSL ENABLED\${tab}ENCRYPTION\${tab}BUCKET\${tab}WRITE THROUGHPUT (KBPS)"
	else
		echo "UUID\${tab}REGION\${tab}ENDPOINT\${tab}ACCESS KEY\${tab}SSL ENABLED\${tab}ENCRYPTION"
	fi
}

list_json() {
	comma=
	printf '['
	for file in "$var"/credentials/*; do
		load "$file" || continue
		printf '%s\\n {\\n  "uuid": "%s"\\n }' "$comma" "$uuid"
		comma=,
	done
	printf '\\n]\\n'
}

credential_validate() {
	find_credential "$1" || fail "ValidateCred: credential with name or uuid $1 not found"
	secret=
	why=$(ask_store)
	[ -z "$why" ] || fail "ValidateCred: $why"
	echo 'Credential validated successfully'
}

credential_delete() {
	find_credential "$1" || fail "Credential id $1 not found"
	rm -f "$file"
	echo 'Credential deleted successfully'
}

find_credential() {
	case $1 in '' | */*) return 1 ;; esac
	file=$var/credentials/$1
	load "$file" && return
	for file in "$var"/credentials/*; do
		load "$file" && [ "$uuid" = "$1" ] && return
	done
	return 1
}

load() {
	[ -f "$1" ] && {
		IFS= read -r name
		IFS= read -r uuid
		IFS= read -r provider
		IFS= read -r account
		IFS= read -r region
		IFS= read -r endpoint
		IFS= read -r storage_class
		IFS= read -r path_style
		IFS= read -r bucket
	} < "$1"
}
`;
