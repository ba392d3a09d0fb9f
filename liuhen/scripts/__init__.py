"""Case scripts 案件脚本: a case written down as text, to be checked, or played through the acts."""
