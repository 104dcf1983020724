import { ask, startDynoxide, startOurs } from "./engines.ts";
import { isDeepStrictEqual } from "node:util";
const ours = await startOurs(), theirs = await startDynoxide();
const S=(s:string)=>({S:s}),N=(n:any)=>({N:String(n)});
const T="users";
const norm=(v:any):any=>{ if(v instanceof Uint8Array) return "b:"+Buffer.from(v).toString("hex"); if(Array.isArray(v)) return v.map(norm); if(v&&typeof v==="object"){ const o:any={}; for(const k of Object.keys(v).sort()) o[k]=["SS","NS","BS"].includes(k)&&Array.isArray(v[k])?norm(v[k]).sort():norm(v[k]); return o;} return v; };
const base:any={id:{S:"a"},at:{N:"1"},mail:{S:"m"},n:{N:"1"},l:{L:[{N:"1"},{N:"2"},{N:"3"}]},m:{M:{x:{N:"1"},y:{S:""}}},ss:{SS:["a","b"]},ns:{NS:["1","2"]},e:{S:""},b:{B:new Uint8Array([1,2])},bs:{BS:[new Uint8Array([1])]},nul:{NULL:true},bool:{BOOL:false}};
const both = async (label:string, op:string, input:object)=>{ if(label==="upd"||label==="cond") for(const e of [ours,theirs]) await ask(e,"PutItem",{TableName:T,Item:structuredClone(base)}); const a=norm(await ask(ours,op,structuredClone(input))), b=norm(await ask(theirs,op,structuredClone(input))); if(a.Attributes&&b.Attributes) for(const k of Object.keys(a.Attributes)) if(isDeepStrictEqual(a.Attributes[k],b.Attributes[k])) {delete a.Attributes[k];delete b.Attributes[k];} if(a.message) a.message=a.message.replace(/^1 validation error detected: (?=Invalid)/,""); if(b.message) b.message=b.message.replace(/^1 validation error detected: (?=Invalid)/,""); if(!isDeepStrictEqual(a,b)) console.log(a.error===b.error?"m":"≠≠",label,op,JSON.stringify({...input,TableName:undefined,Key:label==="key"?(input as any).Key:undefined,ReturnValues:undefined}).slice(0,170),"\n   ours  ",JSON.stringify(a).slice(0,300),"\n   theirs",JSON.stringify(b).slice(0,300)); else n++; };
let n=0;
const table={TableName:T,BillingMode:"PAY_PER_REQUEST",AttributeDefinitions:[{AttributeName:"id",AttributeType:"S"},{AttributeName:"at",AttributeType:"N"},{AttributeName:"mail",AttributeType:"S"}],KeySchema:[{AttributeName:"id",KeyType:"HASH"},{AttributeName:"at",KeyType:"RANGE"}],GlobalSecondaryIndexes:[{IndexName:"byMail",KeySchema:[{AttributeName:"mail",KeyType:"HASH"},{AttributeName:"at",KeyType:"RANGE"}],Projection:{ProjectionType:"ALL"}}]};
await ask(ours,"CreateTable",table); await ask(theirs,"CreateTable",table);
const k=(id:string,at:any=1)=>({id:S(id),at:N(at)});
const put=(Item:any,rest:object={})=>both("put","PutItem",{TableName:T,Item,...rest});
const upd=(Key:any,UpdateExpression:string,values:any={},rest:any={})=>both("upd","UpdateItem",{TableName:T,Key,UpdateExpression,...(Object.keys(values).length&&{ExpressionAttributeValues:values}),ReturnValues:"ALL_NEW",...rest});
await put({...k("a"),mail:S("m"),n:N(1),l:{L:[N(1),N(2),N(3)]},m:{M:{x:N(1),y:S("")}},ss:{SS:["a","b"]},ns:{NS:["1","2"]},e:S(""),b:{B:new Uint8Array([1,2])},bs:{BS:[new Uint8Array([1])]},nul:{NULL:true},bool:{BOOL:false}});
await both("get","GetItem",{TableName:T,Key:k("a")});
for(const [e,v,r] of [
 ["SET n = n + :x",{":x":N("99999999999999999999999999999999999999")}],
 ["SET n = n - :x",{":x":N("99999999999999999999999999999999999999")}],
 ["SET n = :x",{":x":N("1e125")}],["SET n = n + :x",{":x":N("9e125")}],["SET n = :x",{":x":N("1e126")}],["SET n = :x",{":x":N("1e-131")}],
 ["SET n = :x",{":x":N("123456789012345678901234567890123456789")}],["SET n = :x",{":x":N("abc")}],["SET n = :x",{":x":N("-0")}],["SET n = :x",{":x":N("1.50")}],
 ["SET n = :x",{":x":N(1)}],
 ["SET q = n ADD n :x",{":x":N(1)}],["SET q = ss ADD ss :x",{":x":{SS:["z"]}}],["SET q = l, l[0] = :x",{":x":N(9)}],["SET q = m, m.x = :x",{":x":N(9)}],
 ["REMOVE l[0], l[1]",{}],["SET l = :l",{":l":{L:[N(1),N(2),N(3)]}}],["REMOVE l[1], l[0]",{}],["SET l[7] = :x, l[9] = :y",{":x":N(7),":y":N(9)}],
 ["SET l = list_append(l, :l)",{":l":{L:[S("e")]}}],["SET l = list_append(:l, l)",{":l":{L:[S("e")]}}],["SET l = list_append(l, :l)",{":l":S("e")}],["SET zz = list_append(zz, :l)",{":l":{L:[]}}],["SET zz = list_append(if_not_exists(zz, :e), :l)",{":l":{L:[N(1)]},":e":{L:[]}}],
 ["SET c = if_not_exists(c, :z) + :o",{":z":N(0),":o":N(1)}],["SET c = if_not_exists(c, :z) + :o",{":z":N(0),":o":N(1)}],["ADD c :o",{":o":N("0.1")}],["ADD newc :o",{":o":N("5")}],["ADD e :o",{":o":N("5")}],["ADD ss :o",{":o":{SS:["c","a"]}}],["DELETE ss :o",{":o":{SS:["a"]}}],["DELETE ss :o",{":o":{SS:["b","c","z"]}}],["DELETE ss :o",{":o":{SS:["b"]}}],["DELETE n :o",{":o":{SS:["b"]}}],["DELETE n :o",{":o":N(1)}],["ADD ns :o",{":o":{NS:["1.0","3"]}}],["ADD l :o",{":o":{L:[N(1)]}}],["ADD m.x :o",{":o":N(1)}],["ADD m.z :o",{":o":{NS:["1"]}}],["ADD ss :o",{":o":{NS:["1"]}}],["ADD newset :o",{":o":{SS:["c"]}}],
 ["SET m.x.y = :o",{":o":N(1)}],["SET nope.x = :o",{":o":N(1)}],["SET l[0].x = :o",{":o":N(1)}],["SET a = nothere",{}],["SET n = n + e",{}],["SET n = n + nothere",{}],["SET n = :o + :o",{":o":N(1)}],
 ["SET id = :o",{":o":S("b")}],["SET mail = :o",{":o":N(1)}],["SET mail = :o",{":o":S("")}],["SET mail = if_not_exists(nothere, :o)",{":o":S("")}],["SET mail = n",{}],["REMOVE mail",{}],["ADD mail :o",{":o":N(1)}],["SET mail = e",{}],["SET mail.x = :o",{":o":S("")}],
 ["SET n = :o, n = :o",{":o":N(1)}],["SET m = :o, m.x = :o",{":o":N(1)}],["SET n = :o REMOVE n",{":o":N(1)}],["SET n = :o SET q = :o",{":o":N(1)}],["SETn = :o",{":o":N(1)}],["SET n = :p",{":o":N(1)}],["SET n = :o",{":o":N(1),":p":N(1)}],["SET #n = :o",{":o":N(1)}],["SET name = :o",{":o":N(1)}],["",{}],[" ",{}],["SET n :o",{":o":N(1)}],["REMOVE nothere",{}],["REMOVE l[99]",{}],["REMOVE m.nope",{}],["REMOVE nope.x",{}],["SET x = size(n)",{}],["SET x = if_not_exists(:o, :o)",{":o":N(1)}],
 ["SET n = :o",{":o":{SS:[]}}],["SET n = :o",{":o":{SS:["a","a"]}}],["SET n = :o",{":o":{NS:["1","1.0"]}}],["SET n = :o",{":o":{SS:[""]}}],["SET n = :o",{":o":{NULL:false}}],["SET n = :o",{":o":{B:new Uint8Array()}}],["SET n = :o",{":o":{BS:[new Uint8Array()]}}],["SET n = :o",{":o":{}}],["SET n = :o",{":o":{L:[]}}],["SET n = :o",{":o":{M:{}}}],["SET n = :o",{":o":{M:{"":S("x")}}}],
] as any[]) await upd(k("a"),e,v,r);
await both("get","GetItem",{TableName:T,Key:k("a")});
for (const rv of ["NONE","ALL_OLD","UPDATED_OLD","UPDATED_NEW","BOGUS"]) await upd(k("a"),"SET n = :o, m.x = :o REMOVE e",{":o":N(4)},{ReturnValues:rv});
for (const c of ["n = :v","n <> :v","n < :v","attribute_exists(n) AND n BETWEEN :v AND :v","n IN (:v, :v)","contains(ss, :v)","begins_with(mail, :v)","size(l) > :v","size(e) = :v","attribute_type(n, :v)","NOT n = :v","(n = :v)","((n = :v))","n = :v OR n = :v","m.x = :v","l[0] = :v","nothere = :v","nothere <> :v","nothere < :v","n = m.x AND n = :v",":v = :v","size(:v) = :v","id = :v"]) for (const v of [N(4),S("x"),N(5)]) await both("cond","PutItem",{TableName:T,Item:{...k("cond"+c+JSON.stringify(v))},ConditionExpression:c,ExpressionAttributeValues:{":v":v}}),await both("cond","UpdateItem",{TableName:T,Key:k("a"),UpdateExpression:"SET hit = :v",ConditionExpression:c,ExpressionAttributeValues:{":v":v}, ReturnValuesOnConditionCheckFailure:"ALL_OLD"});
// keys
for (const Key of [k(""),{id:S("a")},{id:N(1),at:N(1)},{id:S("a"),at:S("1")},{...k("a"),x:S("")},{},{id:S("a"),at:{}},{id:S("x".repeat(2049)),at:N(1)},{id:S("é".repeat(1025)),at:N(1)},{id:S("x".repeat(2048)),at:N(1)}]) for(const [op,r] of [["GetItem",{}],["DeleteItem",{}],["UpdateItem",{UpdateExpression:"REMOVE q"}],["PutItem",null]] as any) await both("key",op, r? {TableName:T,Key,...r}:{TableName:T,Item:Key});
for (const [op,r] of [["GetItem",{Key:k("a")}],["PutItem",{Item:k("a")}],["Query",{KeyConditionExpression:"id = :v",ExpressionAttributeValues:{":v":S("a")}}],["DescribeTable",{}],["DeleteTable",{}],["DescribeTimeToLive",{}]] as any) for(const TableName of ["nope","x","bad!name"]) await both("table",op,{TableName,...r});
// sizes
for (const len of [409600,409601]) { const base=Buffer.byteLength("id"+"size"+"at"+"p")+2; await put({id:S("size"),at:N(1),p:S("x".repeat(len-base))}); await upd(k("size2"),"SET p = :p",{":p":S("x".repeat(len-base-1))},{ReturnValues:"NONE"}); await put({id:S("sizé"),at:N(1),p:S("é".repeat((len-base-1)/2))}); }
console.log(n,"equal");
await ours.stop(); await theirs.stop();
