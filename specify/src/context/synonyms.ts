// Words that developers and specifications use for the same thing, each line a group. Languages stand side by side,
// because teams ask in one language about documents in another.

import { stem } from './words.ts'

const GROUPS = `
login signin logon authenticate autenticar entrar acceder
logout signout sair
signup register registration enroll cadastrar cadastro inscrever
password passphrase credential senha contrasena
token jwt bearer secret key chave
user account member person people usuario conta cuenta someone alguem
admin administrator superuser administrador
role permission privilege right access authorize perfil permissao acesso permiso papel
forbid forbidden deny denied refuse reject block unauthorized negar proibir bloquear recusar rejeitar
allow permit grant authorize permitir autorizar conceder
delete remove erase drop discard purge destroy excluir apagar remover eliminar borrar tirar
archive deactivate disable retire inativar desativar arquivar desactivar
enable activate ativar habilitar activar
create add new make insert criar adicionar incluir novo crear agregar nuevo gravar
edit update change modify rename alter editar alterar atualizar mudar modificar cambiar
save store persist keep record salvar gravar guardar armazenar persistir
read get fetch load retrieve obter ler buscar obtener leer
list listing overview table listar lista listagem
show display view render see present visible exibir mostrar visualizar ver
hide hidden invisible conceal ocultar esconder
search find query lookup discover buscar pesquisar procurar consulta busca
filter narrow facet filtro filtrar
sort order rank ordenar ordem
page pagination paginate cursor offset pagina paginacao
scroll jump navigate navigation
menu navbar navigation sidebar hamburger
phone mobile smartphone celular movil
small narrow responsive mobile viewport breakpoint
screen page view layout tela pantalla
button click tap press botao clicar
arrow chevron button icon
colour color theme palette token
spacing padding margin
picture image photo avatar imagem foto imagen
upload attach import subir enviar anexar carregar
download export baixar exportar descargar
spreadsheet excel xlsx csv sheet planilha
file document attachment arquivo documento anexo archivo
import batch bulk mass importar importacao lote massa
money payment pay price amount cash dinheiro pagamento pagar valor saldo dinero pago
refund reimburse chargeback credit estorno reembolso devolucao
fee price cost charge ticket taxa preco custo
invoice bill receipt fatura nota factura boleto
tax imposto tributo retencao impuesto
bank account banco bancario bancaria conta
balance saldo
statement extrato
supplier vendor provider fornecedor proveedor
customer client buyer cliente comprador
employee collaborator staff worker funcionario colaborador empregado
seller merchant vendor vendedor
approve approval accept confirm sign aprovar aprovacao aceitar confirmar liberar
limit maximum cap quota threshold ceiling teto alcada limite maximo
cancel abort withdraw revoke cancelar cancelamento
booking reservation rsvp appointment registration reserva
event meetup class session occurrence evento
recurring weekly series repeat repeating recurrence recorrente
weekend multiday
sold full capacity soldout
seat spot place capacity slot
teacher instructor coach trainer professor
student pupil attendee participant
diploma certificate certification credential certificado
expire expiry expiration runs lapse timeout vencimento expirar vencer validade
review rating feedback avaliacao
message chat post comment mensagem mensaje
notify notification alert reminder nudge notificar notificacao aviso avisar
warn warning deprecate deprecation alert hint advarn
deprecated legacy old obsolete antigo
email mail
friend follow follower connection
mute block hide silence silently ignore
annoying harass harassment abuse block
record history log audit trail timeline registro historico historial trilha auditoria
error failure fail exception problem fault erro falha falhar excecao
retry again attempt repeat resume tentar novamente
rollback undo revert desfazer reverter
transaction atomic commit transacao transacional atomico
outbox event publish emit evento publicar
duplicate same twice repeated unique idempotent duplicado duplicar igual unico repetido idempotencia
conflict concurrency version optimistic stale 409 conflito concorrencia versao
missing absent empty none without ausente vazio sem faltando
default standard padrao
valid validate check verify validar verificar conferir
invalid wrong incorrect malformed invalido errado
uppercase lowercase case maiuscula minuscula sigla
format mask formato mascara formatado
digit number numeric digito numero
period month monthly year periodo mes mensal ano competencia
january february month janeiro fevereiro mes mensal
budget budgeting plan orcamento orcar presupuesto
expense spending cost despesa gasto
income revenue receita renda
category classification type categoria categorizacao tipo
close closed lock fechar fechado fechamento encerrar
open reopen abrir reabrir reabertura aberto
dropdown select combobox picker options select seletor opcoes
form field input formulario campo ficha
link url share shareable deep address
offline network connection disconnected cache cached connectivity
load fetch loaded cache
fast slow speed latency performance rapido lento desempenho
optimistic instant immediately
server backend api servidor
client frontend browser ui
database db postgres sql banco
storage s3 bucket blob minio armazenamento
container pod docker kubernetes
cluster kubernetes k8s fleet
command cli terminal flag argument comando
config configuration setting option parameter configuracao opcao
env environment variable ambiente
test testing tests teste testar
local localhost machine development dev
fake mock stub dummy simulated falso
automatic auto automatically automatico
manual hand
schedule cron job weekly daily periodic agendar agendado
wait timeout ready readiness pending
restart reboot resume recover restarted reiniciar
start run launch begin iniciar rodar executar
stop end finish terminate parar encerrar
first initial once primeiro inicial
prompt message instruction
encrypt encryption cipher criptografar criptografia cifrar
rotate rotation swap replace renew trocar
signature sign signed assinatura assinar
tls mtls ssl https
cookie gitcookies session
internal private intranet loopback
ip address host url ssrf
impersonate impersonation behalf acting
oidc sso openid oauth idp
port ports
skill capability ability
agent assistant bot
resource cr crd object kind
owner parent ownership ownerreference
garbage cleanup cascade collected
child subordinate nested filho
update mutation optimistic
row entry item record line linha registro item
unsent draft rascunho
lost lose preserve perder
reload refresh reopen recarregar
public package python sdk library
field property attribute option campo
wildcard escape percent like special
region city location area geographic scope
place location venue map local lugar
move reschedule relocate postpone override mover
profile bio perfil
complete fill completion incomplete preencher completar
share publish compartilhar
sum total aggregate soma total
net gross liquido bruto
route endpoint handler path rota
class object classe objeto
controller handler facade
contract agreement contrato
layer boundary module camada modulo
bomb exhaustion ddos dos
security vulnerability secure seguranca seguridad falha
anyone everyone any qualquer todos
today now hoje agora
forgot forget forgotten reset recover recovery esqueceu redefinir recuperar
2fa mfa otp factor verification
logged authenticated session logado autenticado
guest anonymous unauthenticated visitor visitante anonimo
ban suspend suspended suspension disable block banir suspender
abuse spam moderation moderate report flag denunciar
gdpr privacy consent personal sensitive lgpd privacidade
country locale language translation i18n idioma
currency money exchange moeda
shop store storefront marketplace loja tienda
cart basket checkout carrinho carrito
purchase order buy pedido compra comprar
product item goods article sku produto producto
stock inventory quantity estoque inventario
ship shipping delivery dispatch parcel envio entrega
track tracking follow monitor rastrear acompanhar
discount coupon voucher promotion promo desconto cupom
subscribe subscription plan recurring assinatura inscricao
trial free gratis
installment parcela partial parcial
debt overdue late due vencido atrasado atraso pendente
receivable payable title titulo pagar receber
reconcile reconciliation match matching conciliar conciliacao
transfer remittance wire transferencia remessa
ledger journal bookkeeping accounting contabil contabilidade lancamento
department team group organization unit equipe grupo setor departamento
manager supervisor boss approver gerente gestor aprovador
company business organization tenant empresa organizacao
project workspace space projeto proyecto
task todo ticket issue job tarefa
queue worker background async broker fila
batch chunk bulk lote
stream streaming realtime live sse websocket
event webhook callback hook
poll polling refresh interval
trigger fire launch disparar
crash die kill panic abort
hang stuck freeze deadlock travar
leak memory heap
throttle rate limit limiting quota
concurrent parallel simultaneous race paralelo simultaneo
lock mutex lease exclusive bloqueio
backup restore recovery snapshot copia
migrate migration upgrade convert migrar migracao
version release versioning semver versao
compatible compatibility legacy backward compatibilidade
deploy deployment rollout release install implantar implantacao
build compile bundle package
dependency library package module dependencia biblioteca
docs documentation readme guide documentacao
comment annotation note remark comentario nota observacao
lint format style convention
ci pipeline workflow action
branch merge pull commit
log logging logs audit
metric metrics monitoring observability telemetry dashboard metrica
health healthcheck liveness status
alert alarm threshold incident
graph chart plot diagram grafico
report summary statistics analytics relatorio resumo
score rating rank points pontuacao
calendar date day schedule calendario data
time hour clock timezone horario hora
today yesterday recent latest newest last ultimo recente
oldest earliest first
old previous former earlier prior anterior antigo
new fresh recent novo nova
next following upcoming proximo
back return previous voltar
copy clone duplicate fork copiar
paste insert
drag drop reorder
expand collapse toggle accordion
modal dialog popup overlay
tooltip hint help tip ajuda
icon symbol emoji
font typography text
dark light theme mode
accessible accessibility a11y keyboard reader wcag
touch tap swipe gesture
tablet desktop web
install setup onboarding wizard
tutorial walkthrough guide onboarding tour
empty blank vazio
required mandatory obrigatorio
optional opcional
unknown unrecognized unsupported desconhecido
large big huge long oversized grande
size length bytes tamanho
count number amount how quantidade contagem
increase raise grow aumentar
decrease reduce lower diminuir reduzir
calculate compute derive calcular calculo
round rounding arredondar
percent percentage ratio rate percentual
compare diff difference comparar diferenca
merge combine join unify unificar juntar
split divide separate dividir separar separado
link connect associate attach vincular associar
unlink detach disconnect desvincular
assign allocate atribuir
choose pick select selecionar escolher
sync synchronize synchronization sincronizar
proxy gateway forward
redirect forward navigate
domain host dns hostname
certificate cert spire spiffe svid x509
sandbox isolate isolation
tenant organization multitenant
model llm ai assistant
train training
parse parser interpret extract
template scaffold boilerplate modelo
generate produce emit gerar
convert transform map converter transformar
translate map
encode decode serialize deserialize
compress zip gzip archive compactar
crop resize thumbnail
record video audio recording
play pause playback player
game level player score
teach lesson course class aula curso
exam quiz question test prova pergunta
answer reply respond response responder resposta
ask question request perguntar solicitar solicitacao pedido
invite invitation convidar convite
join participate attend entrar participar
leave exit quit sair
contact phone address contato telefone endereco
street address city zip endereco cidade
near nearby distance proximity close radius
map location geo coordinates mapa
travel trip flight hotel viagem
patient doctor clinic medical paciente medico
pet animal dog
food meal recipe restaurant menu comida
car vehicle ride driver veiculo
house property rent room quarto imovel aluguel
law legal compliance regulation lei legal
sign signature contract assinar
draft unsent rascunho provisional
publish release live public publicar
private hidden internal privado
public open visible publico
owner author creator dono autor
name title label nome titulo
identifier id uuid code codigo identificador
cpf cnpj document tax identificacao
description text details descricao detalhe
tag label etiqueta
status state situation situacao estado
active ativo enabled
pending waiting awaiting pendente aguardando
done completed finished concluido finalizado
step stage phase etapa fase
rule policy constraint regra politica
law rule
reason cause motive motivo justificativa
example sample exemplo
guarantee ensure garantir
prevent avoid stop impedir evitar
require need exigir precisar
support handle suportar
use utilize usage usar uso
work function operate funcionar
happen occur acontecer ocorrer
affect impact afetar impacto
`

const BY_STEM = new Map<string, Set<string>>()
for (const line of GROUPS.trim().split('\n')) {
  const group = [...new Set(line.split(' ').map(stem))]
  for (const one of group) {
    const others = BY_STEM.get(one) ?? new Set()
    for (const other of group) if (other !== one) others.add(other)
    BY_STEM.set(one, others)
  }
}

/** Stems that mean about the same as this one, in a stable order. */
export function synonymsOf(stemmed: string): readonly string[] {
  return [...(BY_STEM.get(stemmed) ?? [])]
}
