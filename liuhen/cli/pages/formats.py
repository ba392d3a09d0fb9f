"""The words about formats in ``docs/entries.md``: what anybody needs who writes a verifier of their own."""

FORMATS = """### 规范字节

RFC 8785（JCS），不用浮点数，不用 null：没有的内容没有这个键。对象的键限于基本多文种平面，整数限于 ±(2^53−1)，不许单独的代理码位。
校验值一律小写十六进制 SHA-256；条目里的文件校验值写作 `sha256:<64 位>`。日期 `YYYY-MM-DD`；时刻 RFC 3339、UTC、到秒：`YYYY-MM-DDTHH:MM:SSZ`。
金额以分计，是整数。

### 正文节点与承诺

正文是一个 JSON 对象，按路径（RFC 6901 指针，如 `/values/situation`）次序化为节点：

- 对象（不在列表里的）：逐键下去，自己不成节点；空对象成一个值为 `{}` 的叶；
- 列表：一个 `form` 为 `list` 的容器，每一项是一个叶（路径加 `/0`、`/1`……），不论其类型；空列表是没有项的容器；
- 含换行的文字：一个 `form` 为 `text` 的容器，每一行是一个叶；
- 其余的值：叶。

```
盐(路径)   = HMAC-SHA256(种子, 路径) 的前 16 字节，十六进制；种子 32 字节随机数，每条目一个，与正文同存同毁
叶         = SHA-256(规范字节([盐, 路径, 值]))
容器       = SHA-256(规范字节([盐, 路径, form, [各项校验值，依次]]))
承诺       = SHA-256(规范字节(["liuhen/body/1", [顶层各节点校验值，按路径次序]]))
```

叶写作 `{"path","salt","value"}`，容器写作 `{"path","salt","form","items"}`，遮盖的写作 `{"digest"}`，不带路径。
遮盖任何一项、一行、一个字段，承诺都不变；有几项看得出来，是什么看不出来。

### 头、条目校验值、链

头是 JSON 对象：`v`＝1、`bureau`、`stream`、`position`（从 1 起）、`kind`、`kind_version`、`at`（何时发生，日期或者时刻）、
`recorded_at`（服务器何时记下）、`actor`、`origin`（made 当场｜backfilled 补录｜imported 导入）、`measures`（办法版本）、`commitment`、
`previous`（前一条的校验值；流的第一条没有这个键）、`assertion`（本人签名，留待以后；没有时没有这个键）。
条目校验值 = SHA-256(规范字节(头))。一个流里位次连续，每条记着前一条的校验值。

### 日志

每个局一棵 RFC 6962 树。叶的数据是条目校验值的 32 个字节；叶 = SHA-256(0x00 ‖ 数据)，节点 = SHA-256(0x01 ‖ 左 ‖ 右)。
收录证明、一致性证明依 RFC 6962 第 2.1 节、RFC 9162 第 2.1 节。

### 检查点、公钥、共签

检查点是 C2SP tlog-checkpoint：正文三行 `名称⏎大小⏎base64(树根)⏎`，空一行，签名行 `— 名称 base64(4 字节编号 ‖ 签名)⏎`。
日志签名用 Ed25519，编号 = SHA-256(名称 ‖ 0x0A ‖ 0x01 ‖ 公钥) 的前 4 字节。
见证共签是 C2SP tlog-cosignature v1：编号里的类型是 0x04；所签文字是 `cosignature/v1⏎time <Unix 秒>⏎` 加检查点正文；
签名内容是 8 字节大端时间 ‖ 64 字节签名。公钥写成一行：`名称+编号(十六进制)+base64(类型 ‖ 公钥)`。
指纹 = 这一行文字的 SHA-256。"""

PACKAGE = """### 案卷包

BagIt 1.0（RFC 8493），只用 SHA-256：

```
bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
data/catalogue.json  data/catalogue.pdf        卷内目录，各卷的页号从 1 起
data/metadata.xml  data/metadata.xsd           元数据和它的格式（DA/T 46、DA/T 63 的元素名称，凭记忆写成）
data/documents/0001-<种类>-r<稿次>.pdf         文书，按卷内次序；9000 以后是送签稿和以前的稿
data/originals/<校验值>.<扩展名>               原件
data/forms/NNNN-<名称>.pdf                     由条目打印的封面、卷内目录（0000，按卷）、送达回证、更正页、备考表（9999，按卷）；
                                               不是文书，没有成文条目
data/entries/case.jsonl                        案件的条目，一行一条：{"header","hash","body":[节点]}，已销毁的没有 body
data/entries/office.jsonl                      所依据的机关条目（人员、执法证、代行、设置、日历、公钥、文号）
proof/archived.json                            归档条目，接在 case.jsonl 最后一条之后
proof/inclusion.json                           {"origin","size","root","entries":[{"hash","index","proof"}]}，案件、机关、归档每条一个
proof/checkpoint.txt                           检查点，有共签的带共签
proof/keys.json                                {"log":[公钥],"witnesses":[公钥]}，包自己的说法
verify/verify.py  verify/README.txt            单独可用的校验程序
```

归档条目记着截至第几条、该条校验值、`manifest-sha256.txt` 的校验值、文件数、字节数，所以 data 里一个字节都动不得，一个文件都少不得。
归档以后的条目是补充：另成一个包，bag-info.txt 写 `Liuhen-Package: supplement`，case.jsonl 从前一个包的归档条目开始，到这一次归档条目
之前为止，归档条目里记着第几次。只装新的材料，页号接续。`verify.py 案卷包 补充包 …` 一起校验，缺了中间的哪一个都看得出来。遮盖副本的 bag-info.txt 写 `Liuhen-Package: redacted`，有自己的清单，遮盖的是节点，仍然证明归档条目；
归档时的清单不放在里面，里面也没有打印件和元数据。
举证材料里的节录写 `Liuhen-Package: excerpt`，和遮盖副本一样只有部分文件；案件还没有归档，所以没有 `proof/archived.json`。
日志换过密钥的，`proof/keys.json` 另有 `handovers`：由旧到新的交接签名文本。

从严之处：清单每行 `<64 位小写十六进制><两个空格><路径>⏎`，按路径排列，没有重复；除标签清单自己以外每个文件恰在一份清单里；
JSON 都是规范字节，Base64 写法唯一。所以任何一位翻转都查得出来。`bag-info.txt` 和 `verify` 目录只有清单管，不在日志的证明之列。

校验结果（退出码）：0 完整，所给日志公钥、见证公钥都相符；2 完整未见证，没有给公钥或者没有所给见证方的共签；1 不符，逐项列出；
3 用法不对或者不是案卷包。"""
