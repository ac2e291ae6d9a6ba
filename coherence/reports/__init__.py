"""Reports: each module renders a Report and nothing else; ``writing`` brings the files into place."""

from coherence.reports.account_text import print_accounting, render_accounting_csv, render_accounting_json
from coherence.reports.audit_text import print_audit, render_audit_csv, render_audit_json, render_rules_csv
from coherence.reports.canonical import parse_report, render_json
from coherence.reports.changes_text import print_audit_changes, print_changes, render_changes_json
from coherence.reports.docx_report import render_docx
from coherence.reports.html_report import render_html
from coherence.reports.jsonlines import render_commitments_jsonl, render_findings_jsonl, render_traced_jsonl
from coherence.reports.sarif import render_sarif
from coherence.reports.schema import render_schema
from coherence.reports.terminal import print_summary
from coherence.reports.trace_text import render_trace
from coherence.reports.workbook import render_workbook, write_workbook
from coherence.reports.writing import FORMATS, OutputFolder, ReportFormat, write_file, write_reports, write_reports_into

__all__ = [
    "FORMATS",
    "OutputFolder",
    "ReportFormat",
    "parse_report",
    "print_accounting",
    "print_audit",
    "print_audit_changes",
    "print_changes",
    "print_summary",
    "render_accounting_csv",
    "render_accounting_json",
    "render_audit_csv",
    "render_audit_json",
    "render_changes_json",
    "render_commitments_jsonl",
    "render_docx",
    "render_findings_jsonl",
    "render_html",
    "render_json",
    "render_rules_csv",
    "render_sarif",
    "render_schema",
    "render_trace",
    "render_traced_jsonl",
    "render_workbook",
    "write_file",
    "write_reports",
    "write_reports_into",
    "write_workbook",
]
