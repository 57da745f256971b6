//! The framework as the rows of its workbook.
